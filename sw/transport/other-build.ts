// Another build of the app answers than the one that this worker is of: a deploy. Browsers put off their own look for a newer worker while
// visits come quickly (docs/discoveries/browsers.md), so the first page that has loaded after the first sign has it looked for. Until that
// worker answers for the pages they are the network's: nothing stored here is of the build that is served.
//
//   must look once for all that comes of one deploy, and never beside what a page waits for;
//   must show shells again where no newer worker comes: one server of several may be of another build for a while.

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { namesOtherBuild } from '../../protocol/shell-inventory.ts'
import { parseVerdict } from '../../protocol/verdict.ts'
import { BUILD_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import { OTHER_BUILD_MS } from '../util/timeouts.ts'

declare const registration: ServiceWorkerRegistration

let heardAt = -Infinity
let isDue = false

/** Whether the shells here are of a build that is gone: nothing is asked of the origin about them. */
export function isOutdated({ update }: WorkerConfig): boolean {
  // Chromium stops this worker for the one that waits, and starts it again where a page asks in that moment: it has heard of nothing then.
  return wasHeard() || (update === 'immediate' && !!(registration.installing ?? registration.waiting))
}

function wasHeard(): boolean {
  return performance.now() - heardAt < OTHER_BUILD_MS
}

/** To be called with every answer of our origin. */
export function noteBuild({ headers }: Response): void {
  const verdict = parseVerdict(headers.get(VERDICT_HEADER))
  if (verdict) note(verdict.kind === 'refused' && verdict.reason === 'build')
}

/** To be called with every answer to a preload, which says of which build it was asked for. */
export function notePreloadedBuild({ headers }: Response, config: WorkerConfig): void {
  if (namesOtherBuild(headers.get(BUILD_HEADER), config)) note(true)
}

function note(isOther: boolean): void {
  isDue = isOther && (isDue || !wasHeard())
  heardAt = isOther ? performance.now() : -Infinity
}

/**
 * To be called when a page has loaded, before what else there is to do for it: Chromium looks at once then, and later where the event ends with
 * this (docs/discoveries/browsers.md). Not waited for: the newer worker takes over when this one has nothing left to do.
 */
export function lookForNewer(): void {
  if (!isDue) return
  isDue = false
  registration.update().catch(() => {})
}
