// Taps the page's button a fixed time after its first paint, by the browser's input and not by a script of the page, and measures the
// result. A tap before React has hydrated the button is lost: no later event makes up for it.

import { isObject } from '../../protocol/json-shape.ts'
import type { Chromium } from './chromium.ts'

/** Milliseconds from the first paint: as quick as a visitor who waits for it. */
export const TAP_AFTER_PAINT = 50

export type Tap = {
  /** Milliseconds from the navigation's start. */
  readonly at: number
  /** Milliseconds from the tap until the page shows it; Infinity if it never does. */
  readonly answer: number
  /** The browser's Interaction to Next Paint. It is short for an unanswered tap, too. */
  readonly inp: number
}

/** Taps when the requested page has been painted for that long. Resolves without a tap if that does not happen in time. */
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

/** Combines the page's notes (`bench` of its window) and the browser's event timing. Undefined if there was no tap. */
export function toTap(noted: unknown, inp: unknown): Tap | undefined {
  if (!isObject(noted) || typeof noted['at'] !== 'number') return undefined
  const { at, answered } = noted
  return {
    at,
    answer: typeof answered === 'number' ? answered - at : Infinity,
    inp: typeof inp === 'number' ? inp : Infinity,
  }
}

/** Runs in the page, so it can use nothing of this file. Undefined in another document than the requested one. */
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
  // Listens on the document, because React may replace the shell's buttons.
  document.addEventListener('click', ({ timeStamp }) => void (tap.at ??= timeStamp), { capture: true })
  new MutationObserver(() => {
    if (tap.at !== undefined && document.querySelector('button')?.textContent === 'Noted 1 times') {
      tap.answered ??= performance.now()
    }
  }).observe(document, { subtree: true, childList: true, characterData: true })
  const { left, top, width, height } = button.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}
