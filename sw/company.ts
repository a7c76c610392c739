// Who else is in the worker that the emitted script runs in. Called by the stock workers (stock.ts, stock-with-options.ts,
// stock-inspected.ts).

import { WORKER_PATH } from '../protocol/wire.ts'
import type { WorkerConfig } from '../protocol/worker-config.ts'
import type { Company } from './static-routes.ts'

/** Another tool's worker has imported the script where the registered one has another path. */
export function companyOf(
  { location }: ServiceWorkerGlobalScope,
  { basePath }: WorkerConfig,
): Exclude<Company, 'router'> {
  return location.pathname === basePath + WORKER_PATH ? 'none' : 'listeners'
}
