// Root of the `sw.js` that the adapter emits where the app names no worker of its own: it is called with the constants of the build.

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { startWorker } from '../lifecycle/lifecycle.ts'
import { optionExtras } from '../lifecycle/option-extras.ts'
import { workerHostOf } from '../routing/static-routes.ts'

declare const self: ServiceWorkerGlobalScope

/** To be called while the script is first evaluated: listeners that are added later are not called by the browser. */
export function installShellCache(config: WorkerConfig): void {
  startWorker(self, config, optionExtras(self, config), workerHostOf(self, config))
}
