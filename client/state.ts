// What a page can know of its shell cache, as an external store: registration.ts writes it, react.tsx and users read it.

/** `records` counts the shells that lie in this browser for the running build. */
export type ShellCacheState =
  | { readonly status: 'unsupported' }
  | { readonly status: 'disabled'; readonly reason: string }
  | { readonly status: 'registering' }
  | { readonly status: 'active'; readonly buildId: string; readonly records: number }
  | { readonly status: 'waiting' }
  | { readonly status: 'error'; readonly message: string }

export type StateStore = {
  readonly get: () => ShellCacheState
  readonly set: (state: ShellCacheState) => void
  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void
}

export function createStateStore(initial: ShellCacheState): StateStore {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(state) {
      current = state
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
