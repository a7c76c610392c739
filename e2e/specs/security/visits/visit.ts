// Makes one visit: sets cookies, changes the records before it, and goes the way to the page.

import { type Driver, until } from '../../../engines/driver.ts'
import { expect } from '../../../engines/fixtures.ts'
import type { Relay } from '../../../harness/servers/relay.ts'
import type { PageNotes } from '../../../../protocol/page/messages.ts'
import { COOKIES, type Visit } from './sequence.ts'
import { wayOf } from './ways.ts'

/** `middle`: the relay's exchanges at the end of the way's first part. `lookup`: what the worker's store had for it, if it was asked. */
export type Visited = { readonly middle: number; readonly parts: number; readonly lookup: PageNotes['lookup'] }

/** A minimal page of the app's origin, which a relay answers after `serveStart`. */
export const START = '/start'

export function serveStart(relay: Relay, hasWorker: boolean): void {
  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>start</title>' }
  relay.fault = ({ url }) => {
    if (url === START) return page
    return url === '/sw.js' && !hasWorker ? { status: 404 } : undefined
  }
}

/** Sets up the visitor's browser. Both origins share the cookies, because they differ only in their ports. */
export async function prepare(tab: Driver, { origin }: Relay, { cookies, state }: Visit): Promise<void> {
  await openWhole(tab, origin + START)
  await tab.run(setCookies, COOKIES, cookies)
  await tab.run(tellWorker, state)
}

export async function make(tab: Driver, relay: Relay, site: string, visit: Visit, url: string): Promise<Visited> {
  const { origin, exchanges } = relay
  const way = wayOf(visit.way)
  const start = way.from === 'own' ? origin + START : site
  if (!(await tab.run(isAt, start))) await openWhole(tab, start)
  const place = { page: origin + url, other: origin + START }
  await way.go(tab, place)
  const lookup = await until(tab, () => true, lookupOf)
  await untilQuiet(relay)
  const middle = exchanges.length
  await way.again?.(tab, place)
  await untilQuiet(relay)
  return { middle, parts: way.again ? 2 : 1, lookup }
}

async function openWhole(tab: Driver, url: string): Promise<void> {
  await tab.open(url)
  await until(tab, (answer) => answer, isAt, url)
}

/** Runs in the page. */
function isAt(wanted: string): boolean {
  return location.href.startsWith(wanted) && document.readyState === 'complete'
}

/** Waits until no request is open. */
async function untilQuiet({ exchanges }: Relay): Promise<void> {
  await expect.poll(() => exchanges.filter(({ isEnded }) => !isEnded).map(({ url }) => url)).toEqual([])
}

/** Runs in the page. A browser that refuses cross-site cookies without HTTPS refuses them with and without the worker. */
function setCookies(all: readonly string[], chosen: readonly string[]): void {
  const traits: Record<string, string> = {
    strict: 'SameSite=Strict',
    lax: 'SameSite=Lax',
    none: 'SameSite=None; Secure',
    plain: '',
  }
  for (const name of all) {
    const age = chosen.includes(name) ? 3600 : 0
    document.cookie = `${name}=1; path=/; max-age=${age}; ${traits[name] ?? ''}`
  }
}

/** Runs in the page. Resolves when the worker has done it; immediately if there is no worker. */
async function tellWorker(state: Visit['state']): Promise<void> {
  const { controller } = navigator.serviceWorker
  if (!controller || state === 'keep') return
  const { port1, port2 } = new MessageChannel()
  const done = new Promise((resolve) => (port1.onmessage = resolve))
  const message = state === 'purge' ? { type: 'shell-cache:purge' } : { type: 'shell-cache:refresh', changed: '*' }
  controller.postMessage(message, [port2])
  await done
}

/** Runs in the page. Returns what the worker's store had for it; undefined if no worker was asked. */
async function lookupOf(): Promise<PageNotes['lookup']> {
  const { controller } = navigator.serviceWorker
  if (!controller) return undefined
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise<MessageEvent<PageNotes>>((resolve) => (port1.onmessage = resolve))
  controller.postMessage({ type: 'shell-cache:notes' }, [port2])
  return (await answer).data.lookup
}
