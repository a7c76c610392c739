// The worker's bundle for builds with `offlineCopies` or `transport: 'prefix'`. The adapter picks it.

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { keepCopies } from '../copies/copies.ts'
import { startWorker } from '../lifecycle/lifecycle.ts'
import { learnsShells } from '../refresh/learn-shell.ts'
import { optionExtras } from '../lifecycle/option-extras.ts'
import { workerHostOf } from '../routing/static-routes.ts'

declare const self: ServiceWorkerGlobalScope

/** @see installShellCache of default-worker.ts */
export function installShellCache(config: WorkerConfig): void {
  // Only the worker knows which routes the app has named, so nothing else keeps copies.
  const copies = keepCopies(self, config)
  startWorker(
    self,
    config,
    { ...optionExtras(self, config), copies, learning: learnsShells(config) },
    workerHostOf(self, config),
  )
}
