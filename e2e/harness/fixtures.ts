// The fixtures of every test: an app behind a relay, and a Chromium profile on disk (a fresh incognito context keeps its databases
// in memory, which is another backend). A test fails on any console error or warning that it did not declare as expected.

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

/** Short delays: the order of events is the same, and the suite is faster. */
const ENV = { SHOP_DELAY_MS: '60' }

type Options = {
  readonly appName: AppName
  readonly serverEnv: Record<string, string>
  /** A server that no other test uses: for tests that end it or change its data. */
  readonly isServerOwn: boolean
  /** A browser that no other test uses: for tests that end it or inspect everything that it stores. */
  readonly isProfileOwn: boolean
  /**
   * All tests of the file with this option share one visitor, and the first of them installs the app. For tests that leave the browser's
   * store unchanged and are not about a first visit. Pages, cookies and the worker's memory still belong to each test alone. */
  readonly isVisitorKept: boolean
  /** More flags for Chromium, in addition to those of every test. */
  readonly flags: readonly string[]
  /** The full browser, for what Chromium does around pages and workers (browser.ts). */
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
  // The relay is closed after the browser: a page that is still open would report its end.
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
      // Chromium requests icons by itself, at any time. No app of the suite has a favicon.ico, and a test may end or cut the
      // network before an app's own icon or the one of its manifest has arrived.
      const isIcon =
        /\/(favicon\.ico|icon\.svg)$/.test(message.location().url) || message.text().includes('icon from the Manifest')
      if (/^(error|warning)$/.test(message.type()) && !isIcon) note(message.text())
    })
    profile.on('weberror', (failure) => note(failure.error().message))
    await use(comingFromHere(await profile.newPage()))
    expect(unexpected, 'unexpected console messages').toEqual([])
  },
})

/** Opens addresses like links of the same origin: if another site may have started it, the worker sends no request (security.md). */
function comingFromHere(page: Page): Page {
  const goto = page.goto.bind(page)
  page.goto = (url, options) => goto(url, { ...ownReferer(url), ...options })
  return page
}

/** Waits until the worker controls the page and has its records. */
export function untilControlled(page: Page): Promise<WorkerStatus> {
  return untilReady(page, EXPECT_MS)
}

/** Visits the app and waits until the worker controls the page and has its records. */
export async function install(page: Page, relay: Relay, path = '/'): Promise<void> {
  await page.goto(relay.origin + path)
  await untilControlled(page)
}

export type Visit = { readonly response: Response; readonly outcome: string | undefined }

/** Navigates by address and waits until no skeleton is left. */
export async function visit(page: Page, relay: Relay, path: string): Promise<Visit> {
  const response = await page.goto(relay.origin + path, { waitUntil: 'load' })
  if (!response) throw new Error(`no response for ${path}`)
  await expect(page.locator('[data-skeleton]')).toHaveCount(0)
  return { response, outcome: /shell;desc="(\w+)"/.exec(response.headers()['server-timing'] ?? '')?.[1] }
}

/** What a page reports if it was still loading something when its server ended. */
export const LOSS = /ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION|ERR_EMPTY_RESPONSE/

/** A click has to count: the text of a shell alone does not show whether React runs. */
export async function expectHydrated(page: Page): Promise<void> {
  await page.waitForFunction(isTakenByReact)
  await page.getByTestId('counter').click()
  await expect(page.getByTestId('counter')).toContainText('1')
}

/** A click before React has hydrated the element is lost, and nothing else tells when hydration starts. */
function isTakenByReact(): boolean {
  const counter = document.querySelector('[data-testid=counter]')
  return counter !== null && Object.keys(counter).some((name) => name.startsWith('__reactProps$'))
}

/** The relay's requests for documents and resumes, as `GET /` and `POST /`, without the later requests for records. */
export function pageRequests(relay: Relay): string[] {
  return relay.exchanges
    .filter(({ headers }) => headers['shell-cache-record'] === undefined)
    .filter(({ headers, method }) => method === 'POST' || headers['sec-fetch-mode'] === 'navigate')
    .map(({ method, url }) => `${method} ${url}`)
}
