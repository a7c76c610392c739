// What every test gets: an app behind a relay, and a Chromium profile on disk (a fresh incognito context keeps its databases
// in memory, which is another backend). A test fails on any console error or warning that it did not name before.

import { type BrowserContext, expect, type Page, type Response } from '@playwright/test'

import { untilReady } from '../../playwright/ready.ts'
import type { WorkerStatus } from '../../protocol/page/messages.ts'
import { ownReferer } from '../engines/driver.ts'
import { startProfile } from './chromium-pool.ts'
import { type AppName, appFolder } from './paths.ts'
import { type Relay, startRelay } from './servers/relay.ts'
import { type RunningServer, startServer } from './servers/server.ts'
import { test as shared } from './shared.ts'
import { EXPECT_MS } from './timeouts.ts'

export { expect } from '@playwright/test'

/** Short pauses: the order of things is the same, the suite is faster. */
const ENV = { SHOP_DELAY_MS: '60' }

type Options = {
  readonly appName: AppName
  readonly serverEnv: Record<string, string>
  /** A server that no other test has: for tests that end it, or change what it holds. */
  readonly isServerOwn: boolean
  /** A browser that no other test has: for tests that end it, or look at all that it holds. */
  readonly isProfileOwn: boolean
  /**
   * One visitor for all tests of the file that say so: the app is installed by the first of them. For tests that leave the browser's
   * store as they found it, and say nothing of a first visit. Pages, cookies and the worker's memory are each test's own all the same. */
  readonly isVisitorKept: boolean
  /** Of Chromium, beside those that every test has. */
  readonly flags: readonly string[]
  /** For what a visitor's own Chromium does around pages and workers (browser.ts). */
  readonly isWholeBrowser: boolean
}
type Fixtures = {
  readonly server: RunningServer
  readonly relay: Relay
  readonly profile: BrowserContext
  readonly page: Page
  /** Console messages and page errors that the test expects. */
  readonly expected: RegExp[]
}

export const test = shared.extend<Options & Fixtures>({
  appName: ['shop', { option: true }],
  serverEnv: [{}, { option: true }],
  flags: [[], { option: true }],
  isWholeBrowser: [false, { option: true }],
  isServerOwn: [false, { option: true }],
  isProfileOwn: [false, { option: true }],
  isVisitorKept: [false, { option: true }],
  server: async ({ appName, serverEnv, isServerOwn, servers }, use) => {
    const env = { ...ENV, ...serverEnv }
    if (!isServerOwn) return use(await servers.get(appFolder(appName), env))
    await using server = await startServer(appFolder(appName), env)
    await use(server)
  },
  relay: async ({ server, appName, isVisitorKept, isWholeBrowser, flags, keptRelay }, use, { file }) => {
    if (isVisitorKept)
      return use(await keptRelay.get(JSON.stringify([file, appName, isWholeBrowser, flags]), server.port))
    await using relay = await startRelay(server.port)
    await use(relay)
  },
  // The relay goes after the browser: a page that is still open would report its end.
  profile: async ({ relay, chromium, flags, isWholeBrowser, isProfileOwn, isVisitorKept }, use) => {
    const wanted = { isWhole: isWholeBrowser, flags }
    await using profile = isProfileOwn
      ? await startProfile(wanted)
      : await chromium.borrow(wanted, relay.origin, isVisitorKept)
    await use(profile.context)
  },
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  expected: async ({}, use) => use([]),
  page: async ({ profile, expected }, use) => {
    const unexpected: string[] = []
    const note = (text: string): void => {
      if (!expected.some((pattern) => pattern.test(text))) unexpected.push(text)
    }
    profile.on('console', (message) => {
      // Chromium asks for them by itself, when it likes: no app of the suite has a favicon.ico, and a test may end, or take the
      // network away, before it has an app's own icon or a manifest's.
      const isIcon =
        /\/(favicon\.ico|icon\.svg)$/.test(message.location().url) || message.text().includes('icon from the Manifest')
      if (/^(error|warning)$/.test(message.type()) && !isIcon) note(message.text())
    })
    profile.on('weberror', (failure) => note(failure.error().message))
    await use(comingFromHere(await profile.newPage()))
    expect(unexpected, 'unexpected console messages').toEqual([])
  },
})

/** Its addresses are opened as links of the same origin are: for what may be another site's, the worker asks nothing by itself (security.md). */
function comingFromHere(page: Page): Page {
  const goto = page.goto.bind(page)
  page.goto = (url, options) => goto(url, { ...ownReferer(url), ...options })
  return page
}

/** Waits until the worker answers for the page and has its records. */
export function untilControlled(page: Page): Promise<WorkerStatus> {
  return untilReady(page, EXPECT_MS)
}

/** Visits the app and waits until the worker answers for the page and has its records. */
export async function install(page: Page, relay: Relay, path = '/'): Promise<void> {
  await page.goto(relay.origin + path)
  await untilControlled(page)
}

export type Visit = { readonly response: Response; readonly outcome: string | undefined }

/** A navigation by address, until no skeleton is left. */
export async function visit(page: Page, relay: Relay, path: string): Promise<Visit> {
  const response = await page.goto(relay.origin + path, { waitUntil: 'load' })
  if (!response) throw new Error(`no response for ${path}`)
  await expect(page.locator('[data-skeleton]')).toHaveCount(0)
  return { response, outcome: /shell;desc="(\w+)"/.exec(response.headers()['server-timing'] ?? '')?.[1] }
}

/** What a page complains of that was still loading something when its server ended. */
export const LOSS = /ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION|ERR_EMPTY_RESPONSE/

/** The text that a shell shows before a hole is filled must not hide that React runs: a click has to count. */
export async function expectHydrated(page: Page): Promise<void> {
  await page.waitForFunction(isTakenByReact)
  await page.getByTestId('counter').click()
  await expect(page.getByTestId('counter')).toContainText('1')
}

/** A click on what React has not yet taken is lost, and nothing else tells when it starts. */
function isTakenByReact(): boolean {
  const counter = document.querySelector('[data-testid=counter]')
  return counter !== null && Object.keys(counter).some((name) => name.startsWith('__reactProps$'))
}

/** Requests for documents and resumes among what the relay saw, as `GET /` and `POST /`; not those for records, which come after. */
export function pageRequests(relay: Relay): string[] {
  return relay.exchanges
    .filter(({ headers }) => headers['shell-cache-record'] === undefined)
    .filter(({ headers, method }) => method === 'POST' || headers['sec-fetch-mode'] === 'navigate')
    .map(({ method, url }) => `${method} ${url}`)
}
