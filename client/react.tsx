/**
 * One component that registers the worker and fills what it could not, one hook that tells its state.
 *
 * @packageDocumentation
 */

'use client'

import { useRouter } from 'next/navigation.js'
import { type ReactElement, useEffect, useRef, useSyncExternalStore, useTransition } from 'react'

import { watchUrl } from './env.ts'
import { whenFillable } from './fill.ts'
import { noteFilled, pageState, registerShellCache, type ShellCacheClientOptions } from './handle.ts'
import { FROM_NETWORK } from './page.ts'
import type { ShellCacheState } from './state.ts'

export type { ShellCacheState } from './state.ts'

const ON_THE_SERVER: ShellCacheState = { status: 'disabled', reason: 'Rendered on the server.', ...FROM_NETWORK }
const onTheServer = (): ShellCacheState => ON_THE_SERVER

/**
 * Registers the worker, watches over the pages that it writes, and fills the holes of a page that was opened without a network
 * when there is one. Render it once, in the root layout; it shows nothing.
 *
 * @param props - Nothing, unless the worker lies elsewhere than the adapter put it.
 */
export function ShellCache({ workerUrl }: ShellCacheClientOptions): ReactElement | null {
  useEffect(() => void registerShellCache(workerUrl === undefined ? {} : { workerUrl }), [workerUrl])
  useFilling()
  const src = watchUrl()
  return src === undefined ? null : <script async src={src} />
}

function useFilling(): void {
  const router = useRouter()
  const [isFilling, startFilling] = useTransition()
  const hasBegun = useRef(false)
  useEffect(() => whenFillable(() => startFilling(() => router.refresh())), [router])
  useEffect(() => {
    if (hasBegun.current && !isFilling) noteFilled()
    hasBegun.current = isFilling
  }, [isFilling])
}

/** The state of the page's shell cache, live: the component renders again whenever it changes. */
export function useShellCache(): ShellCacheState {
  return useSyncExternalStore(pageState.subscribe, pageState.getState, onTheServer)
}
