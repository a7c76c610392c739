// Drives Chromium without a debugger on its workers, like a visitor's: with the bench's driver, which attaches to pages only. Playwright
// attaches to every worker, and a navigation during a worker's takeover may then never be answered (docs/discoveries/browsers.md).

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openChromium, type Page } from '../../bench/browser/chromium.ts'
import { type Driver, ownReferer, type PageScript } from './driver.ts'

export type UnattachedTab = Pick<Driver, 'open' | 'run'>
export type ClosableTab = UnattachedTab & {
  /** React reveals nothing in a background tab. */
  readonly bringToFront: () => Promise<unknown>
  readonly close: () => Promise<unknown>
}
export type UnattachedChromium = AsyncDisposable &
  UnattachedTab & {
    readonly openTab: () => Promise<ClosableTab>
    /** Moves the pointer to the first element that matches the selector. */
    readonly pointAt: (selector: string) => Promise<void>
    /** Clicks at the pointer's position. The click may leave the page. */
    readonly press: () => Promise<void>
  }

/**
 * Opens a browser of its own, with one tab.
 *
 * @param hasPrerenders - The browser prerenders pages, and its tab is always the page that is shown.
 */
export async function openUnattachedChromium(hasPrerenders = false): Promise<UnattachedChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-'))
  const browser = await openChromium(folder, [], hasPrerenders)
  const tab = tabOf(browser)
  let at = { x: 0, y: 0 }
  const mouse = (type: string, more: object = {}): Promise<unknown> =>
    browser.send('Input.dispatchMouseEvent', { type, ...at, ...more })
  return {
    ...tab,
    async pointAt(selector) {
      at = await tab.run((wanted) => {
        const {
          left = 0,
          top = 0,
          width = 0,
          height = 0,
        } = document.querySelector(wanted)?.getBoundingClientRect() ?? {}
        return { x: left + width / 2, y: top + height / 2 }
      }, selector)
      await mouse('mouseMoved')
    },
    async press() {
      const left = { button: 'left', clickCount: 1 }
      await Promise.allSettled([mouse('mousePressed', { ...left, buttons: 1 }), mouse('mouseReleased', left)])
    },
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
