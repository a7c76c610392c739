// Drives Chromium (browser.ts) through Playwright, in a browser that tests share in turn (chromium-pool.ts).

import type { BrowserContext, Page } from '@playwright/test'

import { type ChromiumPool, type Profile, startProfile } from '../harness/chromium-pool.ts'
import { type Driver, ownReferer, type PageScript } from './driver.ts'

export type ChromiumDriver = Driver & {
  readonly engine: 'chromium'
  readonly page: Page
  readonly context: BrowserContext
}

const WANTED = { isWhole: false, flags: [] }

/** A tab of the shared browser. Nothing of another test is left in it, except the origin's data with `isKept`. */
export async function openChromium(pool: ChromiumPool, origin: string, isKept: boolean): Promise<ChromiumDriver> {
  return openTab(await pool.borrow(WANTED, origin, isKept))
}

/** A tab of another visitor, in its own browser. */
export async function openOwnChromium(): Promise<ChromiumDriver> {
  return openTab(await startProfile(WANTED))
}

async function openTab(profile: Profile): Promise<ChromiumDriver> {
  const { context } = profile
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/^(error|warning)$/.test(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return {
    engine: 'chromium',
    page,
    context,
    // The browser's own error page is a document too.
    open: async (url) => void (await page.goto(url, { waitUntil: 'commit', ...ownReferer(url) }).catch(() => {})),
    run: <Args extends readonly unknown[], T>(script: PageScript<Args, T>, ...args: Args): Promise<T> =>
      page.evaluate<T, { text: string; args: readonly unknown[] }>(
        // oxlint-disable-next-line typescript/no-implied-eval -- Playwright takes one argument, scripts take several
        ({ text, args: given }) => new Function(`return (${text})(...arguments)`)(...given) as T,
        { text: script.toString(), args },
      ),
    screenshot: () => page.screenshot(),
    complaints: () => complaints,
    [Symbol.asyncDispose]: () => profile[Symbol.asyncDispose](),
  }
}
