// The worker's other bundle, with what the build's options `transport` and `actions` add: most apps use neither, and nobody should
// download them for nothing. The adapter picks the bundle.

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { workerHostOf } from '../lifecycle/worker-host.ts'
import { startWorker } from '../lifecycle/lifecycle.ts'
import { optionExtras } from '../lifecycle/option-extras.ts'

declare const self: ServiceWorkerGlobalScope

/** @see installShellCache of default-worker.ts */
export function installShellCache(config: WorkerConfig): void {
  startWorker(self, config, optionExtras(self, config), workerHostOf(self, config))
}
