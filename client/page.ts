// How the current page was loaded, as far as it can know. start-offline.ts, a separate script, writes it. handle.ts and fill.ts, which are
// part of the app, read it. All they share is the page's global object.

import { readServerTiming, STARTED_OFFLINE } from '../protocol/wire.ts'

/** How the current page was loaded. */
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

/** What a page that started offline shares with the app in it. */
type OfflineStart = {
  /** Set while the app can fill the page's holes. */
  fill: (() => void) | undefined
  readonly noteFillable: () => void
  readonly copyAge: number | undefined
}

/** What a page that starts offline knows about the app in it. */
export type StartedPage = {
  /** Settles when React has hydrated the component that can fill the holes. */
  readonly whenFillable: Promise<void>
  /** Makes the app fill the holes. Returns false if it cannot. */
  readonly fill: () => boolean
}

/** @param copyAge - Given if the holes are not open, but show a copy. */
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

/** The `Server-Timing` of this document's response. */
export function navigationTimings(): readonly PerformanceServerTiming[] {
  const [navigation] = performance.getEntriesByType('navigation')
  return navigation instanceof PerformanceNavigationTiming ? navigation.serverTiming : []
}
