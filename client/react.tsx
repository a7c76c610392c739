/**
 * A component that registers the worker and fills open holes, a hook for its state, and two notices that show the state.
 *
 * @packageDocumentation
 */

'use client'

import { useRouter } from 'next/navigation.js'
import { type ReactElement, useEffect, useRef, useSyncExternalStore, useTransition } from 'react'

import { holesUrl, isInspected, watchUrl } from './env.ts'
import { whenFillable } from './fill.ts'
import { noteFilled, pageState, registerShellCache, type ShellCacheClientOptions } from './handle.ts'
import { HYDRATED_MARK } from './measures.ts'
import { Notice, type NoticeProps } from './notices.tsx'
import { createStateStore, type ShellCacheState } from './state.ts'

export type { NoticeProps } from './notices.tsx'
export type { ShellCacheState } from './state.ts'

const onTheServer = createStateStore({ status: 'disabled', reason: 'Rendered on the server.' }).get

/**
 * Registers the worker and watches the pages that it assembles. If a page was opened without a network, it fills the holes when the network
 * is back. Render it once, in the root layout. It shows nothing.
 *
 * @param props - None, unless you want reports of page views, let the browser prerender pages, or have your worker at another path than the
 * adapter's.
 */
export function ShellCache({ workerUrl, onReport, speculate }: ShellCacheClientOptions): ReactElement | null {
  useEffect(() => {
    if (onReport || isInspected()) performance.mark(HYDRATED_MARK)
    registerShellCache({ workerUrl, onReport, speculate })
  }, [workerUrl, onReport, speculate])
  useFilling()
  const [watch, holes] = [watchUrl(), onReport || isInspected() ? holesUrl() : undefined]
  return (
    <>
      {watch !== undefined && <script async src={watch} />}
      {holes !== undefined && <script async src={holes} />}
    </>
  )
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

/** The props of {@link UpdateNotice}. */
export type UpdateNoticeProps = NoticeProps & {
  /**
   * The text of the button.
   *
   * @defaultValue `'Reload'`
   */
  readonly action?: string
}

/**
 * Tells visitors that a new version waits (`update: 'prompt'`), with a button that activates it and reloads the page. Shows nothing
 * otherwise. Style it with CSS variables: `--shell-cache-notice-background`, `-color`, `-border`, `-radius`, `-padding`, `-font`,
 * `-inset` and `-z-index`.
 *
 * @param props - Your own text and class, if English and the variables are not enough.
 */
export function UpdateNotice({ children, action = 'Reload', className }: UpdateNoticeProps): ReactElement {
  const { status } = useShellCache()
  return (
    <Notice name="update" isShown={status === 'waiting'} {...(className === undefined ? {} : { className })}>
      <span>{children ?? 'There is a new version.'}</span>
      <button type="button" onClick={() => void takeUpdate()}>
        {action}
      </button>
    </Notice>
  )
}

async function takeUpdate(): Promise<void> {
  if (await registerShellCache().applyUpdate()) location.reload()
}

/**
 * Tells visitors that the page was opened without a network, and how old it is, until its holes are filled. Shows nothing otherwise. Style
 * it with the variables of {@link UpdateNotice}.
 *
 * @param props - Your own text and class, if English and the variables are not enough.
 */
export function OfflineNotice({ children, className }: NoticeProps): ReactElement {
  const { offline, age = 0, copyAge = age } = useShellCache()
  return (
    <Notice name="offline" isShown={offline} {...(className === undefined ? {} : { className })}>
      <span>
        {children ??
          `Waiting for the network. This page is from ${new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-Math.round(copyAge / 60), 'minute')}.`}
      </span>
    </Notice>
  )
}
