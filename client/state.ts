// What a page can know about its shell cache, as an external store. handle.ts and registration.ts write it, react.tsx and users read it.

import { FROM_NETWORK, type PageState } from './page.ts'

/** Whether there is a worker, and in which state. */
export type Registration =
  | {
      /** The browser has no service workers, or not on this origin: they need HTTPS, or localhost. */
      readonly status: 'unsupported'
    }
  | {
      /** This page registers none. */
      readonly status: 'disabled'
      /** Why, in a sentence. */
      readonly reason: string
      /** The option `rollout` or `holdout` leaves this browser without a worker. */
      readonly group?: 'control'
    }
  | {
      /** It is being registered, or fetches the shells. */
      readonly status: 'registering'
      /** The options `rollout` and `holdout` give this browser the worker. */
      readonly group?: 'worker'
    }
  | {
      /** It answers navigations. */
      readonly status: 'active'
      /** The build that it serves. */
      readonly buildId: string
      /** How many shells of that build this browser stores. */
      readonly records: number
    }
  | {
      /** A new build's worker waits until the page calls `applyUpdate()`. */
      readonly status: 'waiting'
    }
  | {
      /** It could not be registered: every page comes from the network. */
      readonly status: 'error'
      /** The browser's message. */
      readonly message: string
    }

/** What is known about the worker, and about the current page. */
export type ShellCacheState = Registration &
  PageState & {
    /** This browser stores shells, so the app opens without a network. */
    readonly offlineReady: boolean
  }

export type StateStore = {
  readonly get: () => ShellCacheState
  readonly set: (registration: Registration) => void
  readonly setPage: (page: PageState) => void
  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void
}

export function createStateStore(initial: Registration): StateStore {
  let [registration, page] = [initial, FROM_NETWORK]
  let current = both()
  function both(): ShellCacheState {
    const offlineReady = registration.status === 'active' && registration.records > 0
    return { ...registration, ...page, offlineReady }
  }
  const listeners = new Set<() => void>()
  const tell = (): void => {
    current = both()
    for (const listener of listeners) listener()
  }
  return {
    get: () => current,
    set(changed) {
      registration = changed
      tell()
    },
    setPage(changed) {
      page = changed
      tell()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
