// The handle of one page, with which tests are written. fixture.ts makes it for the test's own page, users for any other page.

import { type Page, test } from '@playwright/test'

import type { ServedShell } from '../protocol/wire.ts'
import type { Network } from './network.ts'
import { untilReady } from './ready.ts'
import { readRecords, type StoredPage } from './records.ts'
import { readDocument } from './served.ts'
import { stopWorker } from './stop-worker.ts'

/** The shell cache of one page of the app. */
export type PageShellCache = {
  /**
   * Waits until the worker controls the page and its build is stored in this browser. Await it after the first visit. Pictures of
   * `next/image` and scripts that load on demand are stored later.
   *
   * @throws If there is no worker after `timeout` milliseconds (20,000 by default), with the reason.
   */
  readonly ready: (options?: { readonly timeout?: number }) => Promise<void>
  /**
   * What the worker has stored on this origin, by key.
   *
   * @throws If the page is at no address of the app.
   */
  readonly records: () => Promise<readonly StoredPage[]>
  /**
   * How the worker assembled the document that the page shows, or undefined if it came from the network. A page that Next's router shows
   * after a click is still the same document.
   */
  readonly served: () => Promise<ServedShell | undefined>
  /**
   * Ends the worker, so that the next navigation has to start it. Leaves the page for `about:blank`.
   *
   * @throws In Firefox and WebKit, whose tools have no such command.
   */
  readonly stopWorker: () => Promise<void>
}

/** The same with the network of the test, which all of its pages share. */
export type ShellCache = PageShellCache & {
  /**
   * Takes the network away from all pages and workers of the test: connections break, new ones are refused.
   *
   * @throws If the page's server was not reached through the test's network, which then cannot take it away.
   */
  readonly goOffline: () => Promise<void>
  /** Gives the network back. A page that waits for it asks after a second, then less and less often. */
  readonly goOnline: () => Promise<void>
}

// Each method is a step of the report, and its errors point to the line of the test: a boxed step leaves out one stack frame, that of the
// method. So each method awaits its own step.
const BOXED = { box: true } as const

/** The shell cache of a page other than the test's own: a second tab, or a page of a context of your own. */
export function shellCacheOf(page: Page): PageShellCache {
  return {
    ready: async ({ timeout } = {}) => {
      const wait = async (): Promise<void> => {
        requireAddress(page, 'ready')
        await untilReady(page, timeout)
      }
      await test.step('shellCache.ready()', wait, BOXED)
    },
    records: async () => {
      const read = (): Promise<readonly StoredPage[]> => {
        requireAddress(page, 'records')
        return readRecords(page)
      }
      return await test.step('shellCache.records()', read, BOXED)
    },
    served: async () => (await test.step('shellCache.served()', () => readDocument(page), BOXED)).served,
    stopWorker: async () => await test.step('shellCache.stopWorker()', () => stopWorker(page), BOXED),
  }
}

export function shellCacheWithin(network: Network, page: Page): ShellCache {
  return {
    ...shellCacheOf(page),
    goOffline: async () => {
      const close = (): Promise<void> => {
        requireCarried(network, page.url())
        return network.down()
      }
      await test.step('shellCache.goOffline()', close, BOXED)
    },
    goOnline: async () => await test.step('shellCache.goOnline()', network.up, BOXED),
  }
}

function requireAddress(page: Page, method: string): void {
  if (isAddress(page.url())) return
  throw new Error(
    `[shell-cache] ${method}() asks a page of the app, and the page is at ${page.url()}. Open one of the app's before.`,
  )
}

/** Otherwise a test would continue with a network and pass. */
function requireCarried(network: Network, url: string): void {
  if (!isAddress(url)) return
  const { origin, port, protocol } = new URL(url)
  if (network.hasCarried(Number(port) || (protocol === 'https:' ? 443 : 80))) return
  throw new Error(
    `[shell-cache] goOffline() closes the proxy that the fixture has given to the browser context, and ${origin} was reached past it. Leave the options \`proxy\` and \`contextOptions.proxy\` to the fixture, and take \`page\` or \`context\` from the test.`,
  )
}

function isAddress(url: string): boolean {
  return /^https?:/.test(url)
}
