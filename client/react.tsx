'use client'
// Entry `next-shell-cache/react`: one component that registers the worker, one hook that tells its state.

import { useEffect, useSyncExternalStore } from 'react'

import { pageState, registerShellCache, type ShellCacheClientOptions } from './handle.ts'
import type { ShellCacheState } from './state.ts'

export type { ShellCacheState } from './state.ts'

const ON_THE_SERVER: ShellCacheState = { status: 'disabled', reason: 'Rendered on the server.' }
const onTheServer = (): ShellCacheState => ON_THE_SERVER

/** Registers the worker. Render it once, in the root layout; it shows nothing. */
export function ShellCache(props: ShellCacheClientOptions): null {
  useEffect(() => void registerShellCache(props), [props])
  return null
}

/** The page's shell cache, live. */
export function useShellCache(): ShellCacheState {
  return useSyncExternalStore(pageState.subscribe, pageState.getState, onTheServer)
}
