// Shares one Chromium among many tests: starting it costs more CPU than most tests do. Each test has its own relay, and so an origin
// that no other test has used: the port keeps tests apart. What browsers share between ports (cookies, permissions, the HTTP cache) is
// cleared after each test.
//
//   must have its profile on disk: in a fresh incognito context databases are in memory, which is another backend;
//   must keep one page of its own: a browser whose last page is closed may exit.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type BrowserContext, chromium, type Page } from '@playwright/test'

import { DeadlineError, withDeadline } from '../../sw/util/async.ts'
import { FLAGS, QUICK_BROWSER, WHOLE_BROWSER } from './browser.ts'
import { EXPECT_MS } from './timeouts.ts'

/** What a test needs from its browser, in addition to what every test gets. */
export type Wanted = {
  /** The full browser, for what Chromium does around pages and workers (browser.ts). */
  readonly isWhole: boolean
  readonly flags: readonly string[]
}

/** A browser for one test, or for many in turn. */
export type Profile = AsyncDisposable & { readonly context: BrowserContext }

export type ChromiumPool = AsyncDisposable & {
  /**
   * The browser shared by all tests with equal needs. Disposing of the profile clears it for the next test. With `isKept`
   * (kept-relay.ts) the data of the origin stays: its workers end, its databases and caches are kept. */
  readonly borrow: (wanted: Wanted, origin: string, isKept?: boolean) => Promise<Profile>
}

/** A browser that no other test uses, before or after. */
export async function startProfile({ isWhole, flags }: Wanted): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-'))
  const context = await chromium.launchPersistentContext(folder, {
    ...(isWhole ? WHOLE_BROWSER : QUICK_BROWSER),
    args: [...FLAGS, ...flags],
  })
  return {
    context,
    async [Symbol.asyncDispose]() {
      await context.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

type Kept = Profile & { readonly keeper: Page }

export function createChromiumPool(): ChromiumPool {
  const kept = new Map<string, Promise<Kept>>()
  const start = async (wanted: Wanted): Promise<Kept> => {
    const profile = await startProfile(wanted)
    const [keeper = await profile.context.newPage()] = profile.context.pages()
    return { ...profile, keeper }
  }
  return {
    async borrow(wanted, origin, isKept = false) {
      const name = JSON.stringify([wanted.isWhole, wanted.flags])
      const starting = kept.get(name) ?? start(wanted)
      kept.set(name, starting)
      const profile = await starting
      const { context, keeper } = profile
      return {
        context,
        async [Symbol.asyncDispose]() {
          const isEmpty = await endsInTime(empty(context, keeper, isKept ? undefined : origin))
          if (isEmpty) return
          // Seen once in some thousand tests (Chromium 156, `Storage.clearCookies`): the next test must not wait for it as well.
          kept.delete(name)
          console.warn('A Chromium of the suite did not answer when it was emptied. The next test has another.')
          await endsInTime(profile[Symbol.asyncDispose]())
        },
      }
    },
    async [Symbol.asyncDispose]() {
      for (const profile of kept.values()) await (await profile)[Symbol.asyncDispose]()
    },
  }
}

/** Rejects as `work` does. */
async function endsInTime(work: PromiseLike<void>): Promise<boolean> {
  try {
    await withDeadline(Promise.resolve(work), EXPECT_MS)
    return true
  } catch (error) {
    if (error instanceof DeadlineError) return false
    throw error
  }
}

const LISTENED = ['console', 'weberror', 'request', 'response', 'serviceworker', 'page'] as const

/** @param origin - Undefined if stored data is kept. */
async function empty(context: BrowserContext, keeper: Page, origin: string | undefined): Promise<void> {
  const pages = context.pages().filter((page) => page !== keeper)
  const origins = new Set(origin === undefined ? [] : [origin, ...pages.map((page) => originOf(page.url()))])
  await Promise.all(pages.map((page) => page.close()))
  for (const event of LISTENED) context.removeAllListeners(event)
  await context.unrouteAll()
  await context.clearCookies()
  await context.clearPermissions()
  const session = await context.newCDPSession(keeper)
  // A worker that is still installing would continue, and report during the next test that its server is gone.
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  for (const left of origins)
    if (left !== 'null') await session.send('Storage.clearDataForOrigin', { origin: left, storageTypes: 'all' })
  if (origin !== undefined) await session.send('Network.clearBrowserCache')
  await session.detach()
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'null'
}
