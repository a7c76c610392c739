// Records one navigation as the browser painted it: each frame with its time from the start of the navigation.

import { setTimeout as sleep } from 'node:timers/promises'

import { isObject, isString } from '../../protocol/json-shape.ts'
import type { Chromium } from '../browser/chromium.ts'
import type { Frame } from './frames.ts'

/** A page is complete when nothing has changed for this long. Longer than the example's slowest hole takes on the slow line. */
const STILL_MS = 2_000
const MOST_MS = 15_000

export type Recorded = {
  /** Milliseconds from the start of the navigation. */
  readonly firstPaint: number
  readonly frames: readonly Frame[]
}

/** The page before must be empty: its last picture may arrive after the start of the navigation. */
export async function recordVisit(browser: Chromium, url: string): Promise<Recorded> {
  const seen: { readonly wallClock: number; readonly picture: string }[] = []
  let changedAt = performance.now()
  const stop = browser.listen('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    browser.send('Page.screencastFrameAck', { sessionId }).catch(() => {})
    const seconds = isObject(metadata) ? metadata['timestamp'] : undefined
    if (!isString(data) || typeof seconds !== 'number' || data === seen.at(-1)?.picture) return
    seen.push({ wallClock: seconds * 1000, picture: data })
    changedAt = performance.now()
  })
  const began = performance.now()
  await browser.send('Page.startScreencast', { format: 'jpeg', quality: 80, everyNthFrame: 1 })
  // Like a link of the app (visit.ts).
  await browser.send('Page.navigate', { url, referrer: new URL('/', url).href })
  while (performance.now() - changedAt < STILL_MS && performance.now() - began < MOST_MS) await sleep(20)
  await browser.send('Page.stopScreencast')
  stop()
  const [origin, firstPaint] = await Promise.all(
    ['performance.timeOrigin', `performance.getEntriesByName('first-contentful-paint')[0]?.startTime`].map(
      browser.evaluate,
    ),
  )
  return {
    firstPaint: Number(firstPaint),
    frames: seen.map(({ wallClock, picture }) => ({ at: wallClock - Number(origin), picture })),
  }
}
