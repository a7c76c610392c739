// Another build than this worker's answers at the origin: a deploy. Browsers put off their own look for a new worker while visits come
// quickly (docs/discoveries/browsers.md), so the first sign of it asks for the update; until that is there, no shell of this build leads
// anywhere. Known to this worker alone, and as long as it lives.

/** Milliseconds: while two builds answer at once, the script may be this build's still. */
const ASKED_FOR = 60_000

let isThere = false
let askedAt = -Infinity
let update: () => Promise<boolean> = () => Promise.resolve(false)

/** Whether pages and records are the network's alone, for now. */
export function hasOtherBuild(): boolean {
  return isThere
}

/** To be called for each answer of the origin that names another build. */
export function noteOtherBuild(): void {
  if (isThere || performance.now() - askedAt < ASKED_FOR) return
  isThere = true
  askedAt = performance.now()
  const forget = (): void => void (isThere = false)
  update().then((isComing) => isComing || forget(), forget)
}

/** @param ask - Asks for the new worker, and says whether one comes. There is one who does. */
export function whenOtherBuild(ask: () => Promise<boolean>): void {
  update = ask
}
