'use client'
// Entry `next-shell-cache/react`: one component that registers the worker, one hook that tells its state.

import { type ReactElement, useEffect, useSyncExternalStore } from 'react'

import { watchUrl } from './env.ts'
import { pageState, registerShellCache, type ShellCacheClientOptions } from './handle.ts'
import type { ShellCacheState } from './state.ts'

export type { ShellCacheState } from './state.ts'

const ON_THE_SERVER: ShellCacheState = { status: 'disabled', reason: 'Rendered on the server.' }
const onTheServer = (): ShellCacheState => ON_THE_SERVER

/** Registers the worker, and watches over the pages that it writes. Render it once, in the root layout; it shows nothing. */
export function ShellCache({ workerUrl }: ShellCacheClientOptions): ReactElement | null {
  useEffect(() => void registerShellCache(workerUrl === undefined ? {} : { workerUrl }), [workerUrl])
  const src = watchUrl()
  return src === undefined ? null : <script async src={src} />
}

/** The page's shell cache, live. */
export function useShellCache(): ShellCacheState {
  return useSyncExternalStore(pageState.subscribe, pageState.getState, onTheServer)
}
