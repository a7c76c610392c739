// Opens a page with our speculation rules, and rests the pointer on links in it.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { until } from '../../engines/driver.ts'
import type { UnattachedChromium } from '../../engines/unattached.ts'
import { type AppName, appFolder } from '../paths.ts'
import type { Relay } from '../servers/relay.ts'

/** The script that a page loads if its build or its component says `speculate`. */
export async function speculationUrl(app: AppName): Promise<string> {
  const names = await readdir(join(appFolder(app), '.next', 'static', 'shell-cache'))
  return `/_next/static/shell-cache/${names.find((name) => name.startsWith('speculate.'))}`
}

/** Runs in a page. Returns the rules that the page has afterwards. */
export async function speculateIn(url: string): Promise<string[]> {
  const { speculate } = await import(url)
  await speculate('moderate')
  return [...document.querySelectorAll('script[type=speculationrules]')].map(({ textContent }) => textContent ?? '')
}

/** The server's requests for a path, except those for records. */
export const asked = (relay: Relay, path: string): Relay['exchanges'] =>
  relay.exchanges.filter(({ url, headers }) => url.startsWith(path) && headers['shell-cache-record'] === undefined)

/** Runs in a page. */
export function addLink(href: string, attribute: string): void {
  document
    .querySelector('main, body')
    ?.insertAdjacentHTML('afterbegin', `<a id="plain" href="${href}" ${attribute}>plain</a>`)
}

/** Runs in a page. */
export function isControlled(): boolean {
  return navigator.serviceWorker.controller?.state === 'activated'
}

/** Opens the shop, waits until it is installed and until the rules of the page name the stored pages. */
export async function openSpeculating(tab: UnattachedChromium, relay: Relay): Promise<void> {
  await tab.open(`${relay.origin}/about`)
  await until(tab, (is) => is, isControlled)
  // Rules have only what is stored when they are made, so they are made again.
  const isNamed = (rules: readonly string[]): boolean => rules.some((rule) => rule.includes('"/products/'))
  await until(tab, isNamed, speculateIn, await speculationUrl('shop'))
}

/** Adds a plain link, and moves the pointer onto it. */
export async function pointAtLink(tab: UnattachedChromium, to: string, attribute = ''): Promise<void> {
  await tab.run(addLink, to, attribute)
  await tab.pointAt('#plain')
}

/** Waits longer than the pointer has to rest (200 ms): no event tells that a browser prepares nothing. */
export function restOnLink(tab: UnattachedChromium): Promise<unknown> {
  return tab.run(() => new Promise((resolve) => setTimeout(resolve, 500)))
}
