// Chromium with no debugger on its workers, as a visitor has it: the driver of the bench, which attaches to pages alone. Playwright attaches
// to every worker, and a navigation that meets the takeover of one may then never be answered (docs/discoveries/browsers.md).

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openChromium, type Page } from '../../bench/browser/chromium.ts'
import { type Driver, ownReferer, type PageScript } from './driver.ts'

export type UnattachedTab = Pick<Driver, 'open' | 'run'>
export type ClosableTab = UnattachedTab & {
  /** React reveals nothing in a tab that is behind another. */
  readonly bringToFront: () => Promise<unknown>
  readonly close: () => Promise<unknown>
}
export type UnattachedChromium = AsyncDisposable & UnattachedTab & { readonly openTab: () => Promise<ClosableTab> }

/** A browser of its own, with one tab. */
export async function openUnattachedChromium(): Promise<UnattachedChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-'))
  const browser = await openChromium(folder)
  return {
    ...tabOf(browser),
    async openTab() {
      const page = await browser.openTab()
      return { ...tabOf(page), bringToFront: () => page.send('Page.bringToFront'), close: page.close }
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function tabOf(page: Page): UnattachedTab {
  return {
    async open(url) {
      const { referer: referrer } = ownReferer(url)
      await page.send('Page.navigate', { url, referrer })
    },
    run: async <Args extends readonly unknown[], T>(script: PageScript<Args, T>, ...args: Args): Promise<T> =>
      (await page.evaluate(`(${script.toString()})(...${JSON.stringify(args)})`)) as T,
  }
}
