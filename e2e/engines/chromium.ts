// Chromium (browser.ts) through Playwright, with a profile on disk: in a fresh incognito context databases lie in memory.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type BrowserContext, chromium, type Page } from '@playwright/test'

import { FLAGS, QUICK_BROWSER } from '../harness/browser.ts'
import type { Browser, Driver, PageScript } from './driver.ts'

export type ChromiumDriver = Driver & {
  readonly engine: 'chromium'
  readonly page: Page
  readonly context: BrowserContext
}

export function startChromium(): Omit<Browser, 'openTab'> & { readonly openTab: () => Promise<ChromiumDriver> } {
  return { openTab, [Symbol.asyncDispose]: () => Promise.resolve() }
}

async function openTab(): Promise<ChromiumDriver> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-chromium-'))
  const context = await chromium.launchPersistentContext(folder, { ...QUICK_BROWSER, args: FLAGS })
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
    open: async (url) => void (await page.goto(url, { waitUntil: 'commit' }).catch(() => {})),
    run: <Args extends readonly unknown[], T>(script: PageScript<Args, T>, ...args: Args): Promise<T> =>
      page.evaluate<T, { text: string; args: readonly unknown[] }>(
        // oxlint-disable-next-line typescript/no-implied-eval -- Playwright takes one argument, scripts take several
        ({ text, args: given }) => new Function(`return (${text})(...arguments)`)(...given) as T,
        { text: script.toString(), args },
      ),
    screenshot: () => page.screenshot(),
    complaints: () => complaints,
    async [Symbol.asyncDispose]() {
      await context.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
