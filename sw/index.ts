/**
 * What the emitted `sw.js` calls with the constants that the adapter baked in.
 *
 * @packageDocumentation
 */

import type { WorkerConfig } from '../protocol/worker-config.ts'
import { startWorker } from './lifecycle.ts'
import { networkExtras } from './preload.ts'

export type { Budget, Deadlines, Offline, Transport, WorkerConfig } from '../protocol/worker-config.ts'
export type { RecordKey } from '../protocol/record.ts'
export type { Mode, RouteEntry } from '../protocol/route-match.ts'

declare const self: ServiceWorkerGlobalScope

/**
 * Answers navigations from stored shells. Call it once, while the worker's script is first evaluated: listeners that are
 * added later are not called by the browser.
 *
 * @param config - The build's constants. The adapter bakes them into the `sw.js` that it emits.
 */
export function installShellCache(config: WorkerConfig): void {
  startWorker(self, config, networkExtras(self, config))
}
