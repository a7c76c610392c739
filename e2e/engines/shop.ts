// What the specs without a network do in the example shop and read from it, in every engine. Scripts run in the page.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect } from '@playwright/test'

import { type AppName, appFolder } from '../harness/paths.ts'
import type { Relay } from '../harness/servers/relay.ts'
import { type Driver, until } from './driver.ts'
import { install, untilLazyAssets } from './page.ts'

/** All that a console may show of an app without a network, and why. */
const EXPECTED = [
  // What a browser says of each request that the network does not answer.
  /Failed to load resource|A ServiceWorker intercepted the request|net::ERR_|NetworkError|Load failed|could not be fetched|Could not connect|connection was lost/i,
  // What Chromium says of the icons of a manifest, which it loads when it likes.
  /icon from the Manifest/,
  // React says of each hole that it was not filled: "The server could not finish this Suspense boundary".
  /React error #419/,
  // What Next's router says before it loads the stored page in the place of a payload that it could not have.
  /Failed to fetch RSC payload for .* Falling back to browser navigation/s,
]

/** How the page is, in one word, and how many holes it has. React runs where the shop's footer knows of the network. */
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

/** Follows the link that a visitor would see; false while there is none. */
export function clickOn(path: string): boolean {
  const links = [...document.querySelectorAll<HTMLElement>(`a[href="${path}"]`)]
  const link = links.find((element) => element.getClientRects().length > 0)
  // What a click leads to takes the page away: the answer comes first.
  if (link) setTimeout(() => link.click())
  return link !== undefined
}

/** Whether the router has the tree of a page without holes, and the page. */
export function isPrefetched(path: string): boolean {
  const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.includes(`${path}?_rsc=`))
  return (
    fetched.length >= 2 && fetched.every((entry) => entry instanceof PerformanceResourceTiming && entry.responseEnd > 0)
  )
}

/** Counts one up, where the page has a counter and React runs. */
export function count(): string {
  const button = document.querySelector<HTMLElement>('[data-testid=counter]')
  button?.click()
  return button?.textContent ?? ''
}

/** Resolves when the page is interactive, with so many holes open; a page without any need not know that there is no network. */
export function untilShown(tab: Driver, path: string, holes: number): Promise<unknown> {
  const states = holes === 0 ? ['active', 'offline'] : ['offline']
  return until(tab, (now) => now.path === path && now.holes === holes && states.includes(now.state), readState)
}

export function untilWhole(tab: Driver): Promise<unknown> {
  return until(tab, (now) => now.holes === 0 && now.state === 'active', readState)
}

/** From the first visit on until all that a page without a network needs is there, and a probe in what starts such a page. */
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

/** Keeps for the tab what its pages complain of, where the engine does not tell. Runs before React does. */
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

/** Nothing was complained of but what is expected, and that was: a probe that hears nothing proves nothing. */
export async function expectQuiet(tab: Driver): Promise<void> {
  const noted: string[] = JSON.parse(await tab.run(() => sessionStorage.getItem('complaints') ?? '[]'))
  const complaints = [...tab.complaints(), ...noted]
  expect(complaints.filter((text) => !EXPECTED.some((pattern) => pattern.test(text)))).toEqual([])
  expect(complaints.join()).toMatch(/React error #419/)
}
