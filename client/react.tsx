/**
 * One component that registers the worker and fills what it could not, one hook that tells its state, two notices that show it.
 *
 * @packageDocumentation
 */

'use client'

import { useRouter } from 'next/navigation.js'
import { type ReactElement, useEffect, useRef, useSyncExternalStore, useTransition } from 'react'

import { holesUrl, watchUrl } from './env.ts'
import { whenFillable } from './fill.ts'
import { noteFilled, pageState, registerShellCache, type ShellCacheClientOptions } from './handle.ts'
import { HYDRATED_MARK } from './measures.ts'
import { Notice, type NoticeProps } from './notices.tsx'
import { createStateStore, type ShellCacheState } from './state.ts'

export type { NoticeProps } from './notices.tsx'
export type { ShellCacheState } from './state.ts'

const onTheServer = createStateStore({ status: 'disabled', reason: 'Rendered on the server.' }).get

/**
 * Registers the worker, watches over the pages that it writes, and fills the holes of a page that was opened without a network
 * when there is one. Render it once, in the root layout; it shows nothing.
 *
 * @param props - Nothing, unless you want reports of page views, or the worker lies elsewhere than the adapter put it.
 */
export function ShellCache({ workerUrl, onReport }: ShellCacheClientOptions): ReactElement | null {
  useEffect(() => {
    if (onReport) performance.mark(HYDRATED_MARK)
    registerShellCache({ workerUrl, onReport })
  }, [workerUrl, onReport])
  useFilling()
  const [watch, holes] = [watchUrl(), onReport && holesUrl()]
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

/** What {@link UpdateNotice} may be given. */
export type UpdateNoticeProps = NoticeProps & {
  /**
   * What the button says.
   *
   * @defaultValue `'Reload'`
   */
  readonly action?: string
}

/**
 * Says that a new version waits (`update: 'prompt'`), with a button that lets it take over and loads the page anew. Shows nothing
 * otherwise. Variables of CSS set how it looks: `--shell-cache-notice-background`, `-color`, `-border`, `-radius`, `-padding`, `-font`,
 * `-inset` and `-z-index`.
 *
 * @param props - Words and a class of your own, where English and the variables are not enough.
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
 * Says that the page was opened without a network, and how old it is, until its holes are filled. Shows nothing otherwise. It has the
 * variables of {@link UpdateNotice}.
 *
 * @param props - Words and a class of your own, where English and the variables are not enough.
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
