// A page with speculation rules of ours, and links in it that a pointer rests on.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { until } from '../../engines/driver.ts'
import type { UnattachedChromium } from '../../engines/unattached.ts'
import { type AppName, appFolder } from '../paths.ts'
import type { Relay } from '../servers/relay.ts'

/** As a page loads it whose build, or whose component, says `speculate`. */
export async function speculationUrl(app: AppName): Promise<string> {
  const names = await readdir(join(appFolder(app), '.next', 'static', 'shell-cache'))
  return `/_next/static/shell-cache/${names.find((name) => name.startsWith('speculate.'))}`
}

/** Runs in a page; what rules it has then. */
export async function speculateIn(url: string): Promise<string[]> {
  const { speculate } = await import(url)
  await speculate('moderate')
  return [...document.querySelectorAll('script[type=speculationrules]')].map(({ textContent }) => textContent ?? '')
}

/** What was asked of the server for a path, but for records. */
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

/** A shop that was installed, and a page of it whose rules name what is stored. */
export async function openSpeculating(tab: UnattachedChromium, relay: Relay): Promise<void> {
  await tab.open(`${relay.origin}/about`)
  await until(tab, (is) => is, isControlled)
  // What is stored by then is in the rules.
  const isNamed = (rules: readonly string[]): boolean => rules.some((rule) => rule.includes('"/products/'))
  await until(tab, isNamed, speculateIn, await speculationUrl('shop'))
}

/** Adds a plain link, and moves the pointer onto it. */
export async function pointAtLink(tab: UnattachedChromium, to: string, attribute = ''): Promise<void> {
  await tab.run(addLink, to, attribute)
  await tab.pointAt('#plain')
}

/** For longer than the pointer has to rest (200 ms): no event says that a browser prepares nothing. */
export function restOnLink(tab: UnattachedChromium): Promise<unknown> {
  return tab.run(() => new Promise((resolve) => setTimeout(resolve, 500)))
}
