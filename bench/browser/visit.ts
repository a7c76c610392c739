// Measures one navigation from inside its page.

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

/** Milliseconds from the start of the navigation; Infinity for what did not happen. */
export type Times = Readonly<Record<TimeName, number>>

export type Seen = {
  readonly times: Times
  readonly isComplete: boolean
  /** Our worker's outcome. */
  readonly served: string
  /** If a tap was requested. */
  readonly tap?: Tap
}

/** A navigation that has not settled after this many milliseconds counts as incomplete. */
const NAVIGATION_MS = 15_000

export type Asked = {
  readonly url: string
  /** A text that only this navigation's hole shows. */
  readonly nonce: string
  /** The page has neither a hole nor React. */
  readonly isFloor: boolean
  readonly isReload: boolean
  /** Whether the page's button is tapped after it was painted (tap.ts). */
  readonly hasTap: boolean
}

export async function visit(browser: Chromium, asked: Asked): Promise<Seen> {
  const deadline = performance.now() + NAVIGATION_MS
  // The old document must not be mistaken for the new one.
  await browser.evaluate('void (window.isOld = true)')
  // Like a link of the app: for visitors from elsewhere our worker leaves the request to the browser and sends no POST.
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

/** The document was replaced during the evaluation, by the requested document or by its own reload. Or it hangs. */
function isGone(error: unknown): undefined {
  if (error instanceof Error && /context|navigated|no answer/i.test(error.message)) return undefined
  throw error
}

/** Runs in the page, so it can use nothing of this file. Undefined in another document than the requested one. */
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
  // The first input of a page is reported whatever its duration, others only from 16 ms on.
  for (const type of asked.hasTap ? ['event', 'first-input'] : []) {
    observe(type, (entry) => {
      const { interactionId, entryType } = entry as PerformanceEventTiming
      if (entryType === 'first-input' || interactionId > 0) inp = Math.max(inp ?? 0, entry.duration)
    })
  }
  const tapOf = (): { at?: number; answered?: number } | undefined =>
    (window as { benchTap?: { at?: number; answered?: number } }).benchTap
  /** If the tap is not answered this long after everything else has settled, it never will be. */
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
  // The events of a tap are reported with the frame after it.
  if (asked.hasTap) await new Promise((resolve) => setTimeout(resolve, 100))
  if (navigation && navigation.responseStart > 0) seen['TTFB'] = navigation.responseStart
  if (navigation && navigation.responseEnd > 0) seen['response end'] = navigation.responseEnd
  const served = navigation?.serverTiming.find(({ name }) => name === 'shell')?.description ?? ''
  return { ...seen, served, hasSettled: hasSettled(), type: navigation?.type, tap: tapOf(), inp }
}

/** A page that reloaded itself has a new clock, so its times are not what the visitor waited. */
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
