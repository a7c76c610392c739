// The worker's other bundle, with what the build's options `transport` and `actions` add: most apps use neither, and nobody should
// download them for nothing. The adapter picks the bundle.

import type { WorkerConfig } from '../protocol/worker-config.ts'
import { companyOf } from './company.ts'
import { startWorker } from './lifecycle.ts'
import { optionExtras } from './option-extras.ts'

declare const self: ServiceWorkerGlobalScope

/** @see installShellCache of stock.ts */
export function installShellCache(config: WorkerConfig): void {
  startWorker(self, config, optionExtras(self, config), companyOf(self, config))
}
