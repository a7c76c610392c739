// What a page can know of its shell cache, as an external store: handle.ts and registration.ts write it, react.tsx and users
// read it.

import { FROM_NETWORK, type PageState } from './page.ts'

/** `records` counts the shells that lie in this browser for the running build. */
export type Registration =
  | { readonly status: 'unsupported' }
  | { readonly status: 'disabled'; readonly reason: string }
  | { readonly status: 'registering' }
  | { readonly status: 'active'; readonly buildId: string; readonly records: number }
  | { readonly status: 'waiting' }
  | { readonly status: 'error'; readonly message: string }

/** Of the worker, and of the page that is shown. */
export type ShellCacheState = Registration & PageState

export type StateStore = {
  readonly get: () => ShellCacheState
  readonly set: (registration: Registration) => void
  readonly setPage: (page: PageState) => void
  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void
}

export function createStateStore(initial: Registration): StateStore {
  let [registration, page] = [initial, FROM_NETWORK]
  let current: ShellCacheState = { ...registration, ...page }
  const listeners = new Set<() => void>()
  const tell = (): void => {
    current = { ...registration, ...page }
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
