// One navigation of a real browser, measured from inside the page. Used by run.ts and transports.ts.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type BrowserContext, chromium, type Page } from '@playwright/test'

import { FLAGS } from '../e2e/browser.ts'
import { CHROMIUM } from '../e2e/playwright.config.ts'

export const MEASURES = [
  'time to first byte',
  'first contentful paint',
  'first hole filled',
  'last hole filled',
  'shell hydrated',
  'response end',
] as const

/** Milliseconds from the start of the navigation. */
export type Timing = Record<(typeof MEASURES)[number], number>

export type Browser = { readonly page: Page; readonly context: BrowserContext; readonly close: () => Promise<void> }

/** A profile on disk: a fresh context would keep its databases in memory. */
export async function openBrowser(serviceWorkers: 'allow' | 'block'): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-bench-'))
  const executable = CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }
  const context: BrowserContext = await chromium.launchPersistentContext(folder, {
    ...executable,
    serviceWorkers,
    args: FLAGS,
  })
  await context.addInitScript(markMoments)
  const close = async (): Promise<void> => {
    await context.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { page: await context.newPage(), context, close }
}

/** Runs in the page: marks when the first hole is filled, when the last is, and when React has taken over the shell. */
function markMoments(): void {
  const once = (name: string, isNow: boolean): void => {
    if (isNow && performance.getEntriesByName(name).length === 0) performance.mark(name)
  }
  const look = (): void => {
    const filled = [...document.querySelectorAll('[data-hole]')].some((hole) => !hole.closest('[hidden]'))
    once('first-hole', filled)
    once('holes-filled', filled && document.querySelector('[data-skeleton]') === null)
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true })
  // React leaves its own keys on what it has hydrated.
  const hydrated = (): void => {
    const main = document.querySelector('main')
    once('hydrated', main !== null && Object.keys(main).some((key) => key.startsWith('__reactFiber')))
    if (performance.getEntriesByName('hydrated').length === 0) requestAnimationFrame(hydrated)
  }
  requestAnimationFrame(hydrated)
}

/** @param before - Called when the last page is gone. */
export async function navigate(
  page: Page,
  url: string,
  before: () => Promise<unknown> = async () => {},
): Promise<Timing> {
  await page.goto('about:blank')
  await before()
  await page.goto(url, { waitUntil: 'load' })
  return page.evaluate(async () => {
    const awaited = ['holes-filled', 'hydrated', 'first-contentful-paint']
    while (awaited.some((name) => performance.getEntriesByName(name).length === 0)) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN
    return {
      'time to first byte': navigation?.responseStart ?? Number.NaN,
      'first contentful paint': at('first-contentful-paint'),
      'first hole filled': at('first-hole'),
      'last hole filled': at('holes-filled'),
      'shell hydrated': at('hydrated'),
      'response end': navigation?.responseEnd ?? Number.NaN,
    }
  })
}
