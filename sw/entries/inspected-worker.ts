// The worker's bundle for builds with `inspector` or `debug`: it watches itself. The adapter picks it.

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { keepCopies } from '../copies/copies.ts'
import { inspect } from '../inspect/inspect.ts'
import { startWorker } from '../lifecycle/lifecycle.ts'
import { learnsShells } from '../refresh/learn-shell.ts'
import { optionExtras } from '../lifecycle/option-extras.ts'
import { workerHostOf } from '../routing/static-routes.ts'

declare const self: ServiceWorkerGlobalScope

/** @see installShellCache of default-worker.ts */
export function installShellCache(config: WorkerConfig): void {
  const watched = inspect(self, config)
  startWorker(
    self,
    config,
    watched({ ...optionExtras(self, config), copies: keepCopies(self, config), learning: learnsShells(config) }),
    workerHostOf(self, config),
  )
}
