// Root of the `sw.js` that the adapter emits if the app names no worker of its own. It is called with the constants of the build.

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { startWorker } from '../lifecycle/lifecycle.ts'
import { optionExtras } from '../lifecycle/option-extras.ts'
import { workerHostOf } from '../routing/static-routes.ts'

declare const self: ServiceWorkerGlobalScope

/** Call it while the script is first evaluated: the browser does not call listeners that are added later. */
export function installShellCache(config: WorkerConfig): void {
  startWorker(self, config, optionExtras(self, config), workerHostOf(self, config))
}
