// Who else is in the worker that the emitted script runs in.

import { WORKER_PATH } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { Company } from '../routing/static-routes.ts'

/** Another tool's worker has imported the script where the registered one has another path. */
export function workerHostOf(
  { location }: ServiceWorkerGlobalScope,
  { basePath }: WorkerConfig,
): Exclude<Company, 'router'> {
  return location.pathname === basePath + WORKER_PATH ? 'none' : 'listeners'
}
