// What the offline specs do in the example shop and read from it, in every engine. Scripts run in the page.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect } from '@playwright/test'

import { type AppName, appFolder } from '../harness/paths.ts'
import type { Relay } from '../harness/servers/relay.ts'
import { type Driver, until } from './driver.ts'
import { install, untilLazyAssets } from './page.ts'

/** Everything that the console may show for an app without a network, and why. */
const EXPECTED = [
  // Browsers report each request that the network does not answer.
  /Failed to load resource|A ServiceWorker intercepted the request|net::ERR_|NetworkError|Load failed|could not be fetched|Could not connect|connection was lost/i,
  // Chromium reports the icons of a manifest, which it loads at any time.
  /icon from the Manifest/,
  // React reports each hole that was not filled: "The server could not finish this Suspense boundary".
  /React error #419/,
  // Next's router reports a payload that it could not fetch, and then loads the stored page instead.
  /Failed to fetch RSC payload for .* Falling back to browser navigation/s,
]

/** The state of the page in one word, its number of holes and its path. If the footer shows the network's state, React runs. */
export function readState(): { state: string; holes: number; path: string } {
  const visible = (element: Element): boolean => element.getClientRects().length > 0
  const status = [...document.querySelectorAll<HTMLElement>('[data-testid=shell-status]')].find(visible)
  return {
    state: status?.dataset['offline'] === 'true' ? 'offline' : (status?.dataset['status'] ?? 'none'),
    holes: [...document.querySelectorAll('[data-skeleton]')].filter(visible).length,
    path: location.pathname,
  }
}

export function readHeading(): string {
  const headings = [...document.querySelectorAll('h1')].filter((element) => element.getClientRects().length > 0)
  return headings[0]?.textContent ?? ''
}

/** Clicks the visible link to a path; false if there is none yet. */
export function clickOn(path: string): boolean {
  const links = [...document.querySelectorAll<HTMLElement>(`a[href="${path}"]`)]
  const link = links.find((element) => element.getClientRects().length > 0)
  // The click leaves the page, so the result must be returned first.
  if (link) setTimeout(() => link.click())
  return link !== undefined
}

/** Whether the router has fetched both the tree and the content of a page without holes. */
export function isPrefetched(path: string): boolean {
  const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.includes(`${path}?_rsc=`))
  return (
    fetched.length >= 2 && fetched.every((entry) => entry instanceof PerformanceResourceTiming && entry.responseEnd > 0)
  )
}

/** Clicks the counter, which counts up if React runs. Returns its text, or '' if the page has no counter. */
export function count(): string {
  const button = document.querySelector<HTMLElement>('[data-testid=counter]')
  button?.click()
  return button?.textContent ?? ''
}

/** Resolves when the page is interactive with this many open holes. A page without holes need not know that it is offline. */
export function untilShown(tab: Driver, path: string, holes: number): Promise<unknown> {
  const states = holes === 0 ? ['active', 'offline'] : ['offline']
  return until(tab, (now) => now.path === path && now.holes === holes && states.includes(now.state), readState)
}

export function untilWhole(tab: Driver): Promise<unknown> {
  return until(tab, (now) => now.holes === 0 && now.state === 'active', readState)
}

/** Visits the shop first, and waits until everything that an offline page needs is stored, with a probe in the script that starts it. */
export async function prepare(tab: Driver, relay: Relay, app: AppName = 'shop'): Promise<void> {
  const folder = join(appFolder(app), '.next', 'static', 'shell-cache')
  const name = (await readdir(folder)).find((file) => file.startsWith('start-offline.')) ?? ''
  const body = `(${probe.toString()})();${await readFile(join(folder, name), 'utf8')}`
  relay.fault = ({ url = '' }) =>
    url.endsWith(name) ? { status: 200, headers: { 'content-type': 'text/javascript' }, body } : undefined
  await install(tab, relay, '/')
  await untilLazyAssets(tab, app)
  relay.fault = undefined
}

/** Collects the errors and warnings of the tab's pages, for engines that do not report them. Runs before React. */
function probe(): void {
  const note = (...said: unknown[]): void => {
    const noted: unknown = JSON.parse(sessionStorage.getItem('complaints') ?? '[]')
    sessionStorage.setItem('complaints', JSON.stringify([noted, said.join(' ')].flat()))
  }
  for (const level of ['error', 'warn'] as const) {
    const own = console[level].bind(console)
    console[level] = (...said: unknown[]) => {
      note(...said)
      own(...said)
    }
  }
  addEventListener('error', ({ message }) => note(message))
  addEventListener('unhandledrejection', ({ reason }) => note(reason))
}

/** Expects only the complaints listed above, and at least React's: a probe that hears nothing proves nothing. */
export async function expectQuiet(tab: Driver): Promise<void> {
  const noted: string[] = JSON.parse(await tab.run(() => sessionStorage.getItem('complaints') ?? '[]'))
  const complaints = [...tab.complaints(), ...noted]
  expect(complaints.filter((text) => !EXPECTED.some((pattern) => pattern.test(text)))).toEqual([])
  expect(complaints.join()).toMatch(/React error #419/)
}
