// A tap on the page's button so long after its first paint, made by the browser as a finger would and not by a script of the page; and what
// came of it. A tap that React is not there for yet is lost: no later event makes up for it.

import { isObject } from '../../protocol/json-shape.ts'
import type { Chromium } from './chromium.ts'

/** Milliseconds from the first paint: a visitor who has waited for it is that quick. */
export const TAP_AFTER_PAINT = 50

export type Tap = {
  /** Milliseconds from the navigation's start. */
  readonly at: number
  /** Milliseconds from the tap until the page shows it; Infinity where it never does. */
  readonly answer: number
  /** What the browser counts for Interaction to Next Paint. A tap that nothing answers has a short one too. */
  readonly inp: number
}

/** Taps when the page asked for has been painted for so long. Resolves without a tap where that does not come. */
export async function tapWhenPainted({ evaluate, send }: Chromium, url: string, deadline: number): Promise<void> {
  while (performance.now() < deadline) {
    const asked = { url, after: TAP_AFTER_PAINT }
    const point = await evaluate(`(${whenTapIsDue.toString()})(${JSON.stringify(asked)})`).catch(() => undefined)
    if (isObject(point)) {
      const finger = { x: point['x'], y: point['y'], button: 'left', clickCount: 1 }
      await send('Input.dispatchMouseEvent', { type: 'mousePressed', ...finger })
      await send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...finger })
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** What the page noted of its tap (`bench` of its window), and the browser of its events. Undefined where there was none. */
export function toTap(noted: unknown, inp: unknown): Tap | undefined {
  if (!isObject(noted) || typeof noted['at'] !== 'number') return undefined
  const { at, answered } = noted
  return {
    at,
    answer: typeof answered === 'number' ? answered - at : Infinity,
    inp: typeof inp === 'number' ? inp : Infinity,
  }
}

/** Runs in the page, so it can use nothing of this file. Undefined in a document that is not the one asked for. */
async function whenTapIsDue(asked: { url: string; after: number }): Promise<object | undefined> {
  if ('isOld' in window || location.href !== asked.url) return undefined
  const painted = await new Promise<number>((resolve) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime)
    }).observe({ type: 'paint', buffered: true })
  })
  await new Promise((resolve) => setTimeout(resolve, painted + asked.after - performance.now()))
  const button = document.querySelector('button')
  if (!button) return undefined
  const tap: { at?: number; answered?: number } = {}
  Object.assign(window, { benchTap: tap })
  // In the shell there are buttons that a page renders anew: it is the document that is told, and asked.
  document.addEventListener('click', ({ timeStamp }) => void (tap.at ??= timeStamp), { capture: true })
  new MutationObserver(() => {
    if (tap.at !== undefined && document.querySelector('button')?.textContent === 'Noted 1 times') {
      tap.answered ??= performance.now()
    }
  }).observe(document, { subtree: true, childList: true, characterData: true })
  const { left, top, width, height } = button.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}
