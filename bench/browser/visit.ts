// One navigation, measured from inside its page.

import { isObject, isString } from '../../protocol/json-shape.ts'
import type { Chromium } from './chromium.ts'
import { type Tap, tapWhenPainted, toTap } from './tap.ts'

export const TIMES = [
  'TTFB',
  'FCP',
  'LCP',
  'hole painted',
  'hole painted, fresh',
  'shell hydrated',
  'response end',
] as const
export type TimeName = (typeof TIMES)[number]

/** Milliseconds from the start of the navigation; Infinity where it did not come to that. */
export type Times = Readonly<Record<TimeName, number>>

export type Seen = {
  readonly times: Times
  readonly isComplete: boolean
  /** What the worker says of its answer, where it is ours. */
  readonly served: string
  /** Where one was asked for. */
  readonly tap?: Tap
}

/** A navigation that has not settled after so many milliseconds is one that did not complete. */
const NAVIGATION_MS = 15_000

export type Asked = {
  readonly url: string
  /** What this navigation's hole shows, and no other's. */
  readonly nonce: string
  /** The page has neither a hole nor React. */
  readonly isFloor: boolean
  readonly isReload: boolean
  /** Whether its button is tapped once it has been painted (tap.ts). */
  readonly hasTap: boolean
}

export async function visit(browser: Chromium, asked: Asked): Promise<Seen> {
  const deadline = performance.now() + NAVIGATION_MS
  // What is left of the old document must not be taken for the new one.
  await browser.evaluate('void (window.isOld = true)')
  // As by a link of the app: where a visitor comes from elsewhere, our worker leaves the request to the browser, and sends no POST.
  const from = { url: asked.url, referrer: new URL('/', asked.url).href }
  const left = asked.isReload ? browser.send('Page.reload') : browser.send('Page.navigate', from)
  left.catch(() => {})
  if (asked.hasTap) tapWhenPainted(browser, asked.url, deadline).catch(() => {})
  while (performance.now() < deadline) {
    const timeout = deadline - performance.now()
    const seen = await browser
      .evaluate(`(${lookAtPage.toString()})(${JSON.stringify({ ...asked, timeout })})`)
      .catch(isGone)
    if (isObject(seen)) return toSeen(seen, asked)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return toSeen({}, asked)
}

/** The document went while it was looked at: for the one asked for, or, where it reloads itself, for the next. Or it hangs. */
function isGone(error: unknown): undefined {
  if (error instanceof Error && /context|navigated|no answer/i.test(error.message)) return undefined
  throw error
}

/** Runs in the page, so it can use nothing of this file. Undefined in a document that is not the one asked for. */
async function lookAtPage(asked: Asked & { timeout: number }): Promise<object | undefined> {
  if ('isOld' in window || location.href !== asked.url) return undefined
  const seen: Record<string, number> = {}
  const observe = (type: string, see: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true })
  observe('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') seen['FCP'] = entry.startTime
  })
  observe('largest-contentful-paint', (entry) => void (seen['LCP'] = entry.startTime))
  observe('mark', (entry) => {
    if (entry.name === 'shell hydrated') seen['shell hydrated'] = entry.startTime
  })
  observe('element', (entry) => {
    seen['hole painted'] ??= entry.startTime
    const text = (entry as PerformanceEntry & { element?: Element }).element?.textContent ?? ''
    if (text.includes(asked.nonce)) seen['hole painted, fresh'] ??= entry.startTime
  })
  let inp: number | undefined
  // The first of a page is told however short it was, the others from 16 ms on.
  for (const type of asked.hasTap ? ['event', 'first-input'] : []) {
    observe(type, (entry) => {
      const { interactionId, entryType } = entry as PerformanceEventTiming
      if (entryType === 'first-input' || interactionId > 0) inp = Math.max(inp ?? 0, entry.duration)
    })
  }
  const tapOf = (): { at?: number; answered?: number } | undefined =>
    (window as { benchTap?: { at?: number; answered?: number } }).benchTap
  /** An answer that has not come so long after everything else does not come. */
  const hasTapEnded = (since: number): boolean =>
    tapOf()?.at !== undefined && (tapOf()?.answered !== undefined || performance.now() - since > 500)
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const wanted = asked.isFloor ? ['FCP'] : ['FCP', 'hole painted', 'shell hydrated']
  const hasSettled = (): boolean =>
    wanted.every((name) => name in seen) && (navigation?.loadEventEnd ?? 0) > 0 && (navigation?.responseEnd ?? 0) > 0
  const end = performance.now() + asked.timeout
  while (!hasSettled() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
  const settledAt = performance.now()
  while (asked.hasTap && !hasTapEnded(settledAt) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  // The events of a tap are told with the frame behind it.
  if (asked.hasTap) await new Promise((resolve) => setTimeout(resolve, 100))
  if (navigation && navigation.responseStart > 0) seen['TTFB'] = navigation.responseStart
  if (navigation && navigation.responseEnd > 0) seen['response end'] = navigation.responseEnd
  const served = navigation?.serverTiming.find(({ name }) => name === 'shell')?.description ?? ''
  return { ...seen, served, hasSettled: hasSettled(), type: navigation?.type, tap: tapOf(), inp }
}

/** A page that reloaded itself has begun its clock anew: what it then took is not what the visitor waited. */
function toSeen(seen: Readonly<Record<string, unknown>>, { isReload }: Asked): Seen {
  const isComplete = seen['hasSettled'] === true && (isReload || seen['type'] === 'navigate')
  const at = (name: TimeName): number => {
    const value = seen[name]
    return typeof value === 'number' && (isReload || seen['type'] === 'navigate') ? value : Infinity
  }
  const times = Object.fromEntries(TIMES.map((name) => [name, at(name)])) as Times
  const tap = toTap(seen['tap'], seen['inp'])
  return { times, isComplete, served: isString(seen['served']) ? seen['served'] : '', ...(tap ? { tap } : {}) }
}
