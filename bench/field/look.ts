// Measures a visit's page independently of the package, by the browser's performance entries, which the bench reads over its protocol.

import { isObject } from '../../protocol/json-shape.ts'
import type { Page } from '../browser/chromium.ts'

export type Look = { readonly ttfb: number; readonly fcp: number; readonly lcp: number }

const SETTLED_MS = 20_000

/** Resolves when the page is whole and its report has everything that is final before the page is left. */
export async function lookAt({ evaluate }: Page, url: string): Promise<Look> {
  const deadline = performance.now() + SETTLED_MS
  while (performance.now() < deadline) {
    const asked = { url, timeout: deadline - performance.now() }
    // The document may be replaced during the evaluation.
    const look = await evaluate(`(${inPage.toString()})(${JSON.stringify(asked)})`).catch(() => undefined)
    if (isLook(look)) return look
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`${url} has not settled`)
}

function isLook(value: unknown): value is Look {
  return isObject(value) && ['ttfb', 'fcp', 'lcp'].every((name) => typeof value[name] === 'number')
}

/** Runs in the page, so it can use nothing of this file. Undefined in another document than the requested one. */
async function inPage(asked: { url: string; timeout: number }): Promise<object | undefined> {
  if ('isOld' in window || location.href !== asked.url) return undefined
  let lcp: number | undefined
  const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => (lcp = entry.startTime)))
  observer.observe({ type: 'largest-contentful-paint', buffered: true })
  const isSettled = (): boolean =>
    document.readyState === 'complete' &&
    performance.getEntriesByName('shell-cache:report-ready').length > 0 &&
    document.querySelector('[data-skeleton]') === null
  const end = performance.now() + asked.timeout
  while (!isSettled() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
  if (!isSettled()) return undefined
  // Paint entries are reported with the frame after the paint.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const [paint] = performance.getEntriesByName('first-contentful-paint')
  return { ttfb: navigation?.responseStart, fcp: paint?.startTime, lcp }
}
