// How the page that is shown came, as far as it can know. Written by start-offline.ts, read by handle.ts and fill.ts: one is a script
// of its own, the others are a part of the app's, and the page is what they share.

import { readServerTiming, STARTED_OFFLINE } from '../protocol/wire.ts'

/** Of the page that is shown: how it came. */
export type PageState = {
  /** The page waits for the network, which did not answer when it was opened; its holes are open, or show a copy. */
  readonly offline: boolean
  /** The shell is past its `revalidate` or was made from data that is known to have changed, or the holes show a copy. */
  readonly stale: boolean
  /** Seconds since this browser got the shell, when the page was opened; undefined if all of it came from the network. */
  readonly age: number | undefined
  /**
   * If the network did not answer and the holes show a copy: seconds since this browser made the copy, when the page was opened. Undefined
   * otherwise.
   */
  readonly copyAge: number | undefined
}

export const FROM_NETWORK: PageState = { offline: false, stale: false, age: undefined, copyAge: undefined }

/** What a page that started offline and the app in it have in common. */
type OfflineStart = {
  /** Set while the app can fill the page's holes. */
  fill: (() => void) | undefined
  readonly noteFillable: () => void
  readonly copyAge: number | undefined
}

/** Of the page that starts: what it knows of the app in it. */
export type StartedPage = {
  /** Settles when React has hydrated what can fill the holes. */
  readonly whenFillable: Promise<void>
  /** Has the app fill the holes; false where it cannot. */
  readonly fill: () => boolean
}

/** @param copyAge - Where its holes are not open, but show a copy. */
export function markStartedOffline(copyAge?: number): StartedPage {
  let noteFillable = (): void => {}
  const whenFillable = new Promise<void>((resolve) => {
    noteFillable = resolve
  })
  const start: OfflineStart = { fill: undefined, noteFillable, copyAge }
  Reflect.set(self, STARTED_OFFLINE, start)
  dispatchEvent(new Event(STARTED_OFFLINE))
  return {
    whenFillable,
    fill() {
      start.fill?.()
      return start.fill !== undefined
    },
  }
}

export function offlineStart(): OfflineStart | undefined {
  return Reflect.get(self, STARTED_OFFLINE)
}

export function readPage(): PageState {
  const served = readServerTiming(navigationTimings())
  if (!served) return FROM_NETWORK
  const { outcome, stale, age } = served
  const start = offlineStart()
  const copyAge = start?.copyAge
  return {
    offline: start !== undefined || outcome === 'offline',
    stale: stale || copyAge !== undefined,
    age,
    copyAge,
  }
}

/** What the response of this document said of itself. */
export function navigationTimings(): readonly PerformanceServerTiming[] {
  const [navigation] = performance.getEntriesByType('navigation')
  return navigation instanceof PerformanceNavigationTiming ? navigation.serverTiming : []
}
