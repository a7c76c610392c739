// Reads from a page the times of the way to it. Waits only for what every page has: its paint, its load, its last byte.

import { isObject } from '../../protocol/json-shape.ts'
import type { Page } from '../browser/chromium.ts'

export type Look = {
  /** When its navigation began, by the machine's clock. */
  readonly began: number
  readonly type: string
  readonly firstByte: number
  readonly fcp: number
  readonly end: number
  readonly load: number
}

const PAINTED_MS = 15_000

/** Undefined if the page does not arrive. */
export async function lookAt({ evaluate }: Page, url: string): Promise<Look | undefined> {
  const deadline = performance.now() + PAINTED_MS
  while (performance.now() < deadline) {
    const asked = { url, timeout: deadline - performance.now() }
    // The document may be replaced during the evaluation.
    const look = await evaluate(`(${inPage.toString()})(${JSON.stringify(asked)})`).catch(() => undefined)
    if (isLook(look)) return look
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return undefined
}

function isLook(value: unknown): value is Look {
  if (!isObject(value)) return false
  return ['began', 'firstByte', 'fcp', 'end', 'load'].every((name) => typeof value[name] === 'number')
}

/** Runs in the page, so it can use nothing of this file. Undefined in another document than the requested one. */
async function inPage(asked: { url: string; timeout: number }): Promise<object | undefined> {
  if ('isOld' in window || location.href !== asked.url) return undefined
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const paint = (): number | undefined => performance.getEntriesByName('first-contentful-paint')[0]?.startTime
  const until = performance.now() + asked.timeout
  while (performance.now() < until) {
    const fcp = paint()
    if (navigation && fcp !== undefined && navigation.loadEventEnd > 0 && navigation.responseEnd > 0) {
      const { type, responseStart, responseEnd, loadEventEnd } = navigation
      return {
        began: performance.timeOrigin,
        type,
        firstByte: responseStart,
        fcp,
        end: responseEnd,
        load: loadEventEnd,
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return undefined
}
