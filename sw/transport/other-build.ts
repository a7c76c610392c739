// Notices that the app now answers with another build than this worker's: a deploy. Browsers delay their own check for a newer worker while
// visits follow each other quickly (docs/discoveries/browsers.md), so this worker checks when the first page after the first sign has
// loaded. Until the newer worker takes over, pages come from the network: nothing stored here is of the build that is served.
//
//   must check once for all signs of one deploy, and never while a page waits for something;
//   must show shells again if no newer worker comes: one of several servers may be of another build for a while.

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { namesOtherBuild } from '../../protocol/shell-inventory.ts'
import { parseVerdict } from '../../protocol/verdict.ts'
import { BUILD_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import { OTHER_BUILD_MS } from '../util/timeouts.ts'

declare const registration: ServiceWorkerRegistration

let heardAt = -Infinity
let isDue = false

/** Whether the shells here are of a build that is gone: then the origin is not asked about them. */
export function isOutdated({ update }: WorkerConfig): boolean {
  // Chromium stops this worker for the waiting one, and restarts it if a page makes a request at that moment: then it has heard nothing.
  return wasHeard() || (update === 'immediate' && !!(registration.installing ?? registration.waiting))
}

function wasHeard(): boolean {
  return performance.now() - heardAt < OTHER_BUILD_MS
}

/** Must be called with every response of our origin. */
export function noteBuild({ headers }: Response): void {
  const verdict = parseVerdict(headers.get(VERDICT_HEADER))
  if (verdict) note(verdict.kind === 'refused' && verdict.reason === 'build')
}

/** Must be called with every response to a preload, whose request says which build this worker belongs to. */
export function notePreloadedBuild({ headers }: Response, config: WorkerConfig): void {
  if (namesOtherBuild(headers.get(BUILD_HEADER), config)) note(true)
}

function note(isOther: boolean): void {
  isDue = isOther && (isDue || !wasHeard())
  heardAt = isOther ? performance.now() : -Infinity
}

/**
 * Must be called when a page has loaded, before anything else that is done then: so Chromium checks immediately, but later if this is the
 * last work of the event (docs/discoveries/browsers.md). Not awaited: the newer worker takes over when this one has nothing left to do.
 */
export function lookForNewer(): void {
  if (!isDue) return
  isDue = false
  registration.update().catch(() => {})
}
