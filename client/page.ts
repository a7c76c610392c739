// How the page that is shown came, as far as it can know. Written by start-offline.ts, read by handle.ts and fill.ts: one is a script
// of its own, the others are a part of the app's, and the page is what they share.

import { STALE_METRIC } from '../protocol/wire.ts'

/** Of the page that is shown: how it came. */
export type PageState = {
  /** The page waits for the network, which did not answer when it was opened; its holes are open. */
  readonly offline: boolean
  /** The shell is past its `revalidate`, or made from what is known to have changed. */
  readonly stale: boolean
  /** Seconds since this browser got the shell, when the page was opened; undefined where all of it came from the network. */
  readonly age: number | undefined
}

export const FROM_NETWORK: PageState = { offline: false, stale: false, age: undefined }

const MARK = 'nextShellCacheStartedOffline'

export function markStartedOffline(): void {
  Reflect.set(self, MARK, true)
}

export function hasStartedOffline(): boolean {
  return Reflect.get(self, MARK) === true
}

export function readPage(): PageState {
  const timings = navigationTimings()
  const shell = timings.find(({ name }) => name === 'shell')
  if (!shell) return FROM_NETWORK
  return {
    offline: hasStartedOffline() || shell.description === 'offline',
    stale: timings.some(({ name }) => name === STALE_METRIC),
    age: shell.duration / 1000,
  }
}

/** What the response of this document said of itself. */
export function navigationTimings(): readonly PerformanceServerTiming[] {
  const [navigation] = performance.getEntriesByType('navigation')
  return navigation instanceof PerformanceNavigationTiming ? navigation.serverTiming : []
}
