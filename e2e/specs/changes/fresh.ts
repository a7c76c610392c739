// Shared by the specs of the app `fresh`: copies of the app, reading its pages, and renames by another browser.

import { cp, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'

import { expect, type Page } from '@playwright/test'

import { type AppName, appFolder } from '../../harness/paths.ts'
import type { Fault, Relay } from '../../harness/servers/relay.ts'
import { untilControlled } from '../../harness/fixtures.ts'

/** A temporary copy of a built app, so that what a server writes into it affects no other test. */
export async function copyApp(name: AppName, suffix: string): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = appFolder(`${name}-${suffix}`)
  await rm(folder, { recursive: true, force: true })
  await cp(appFolder(name), folder, { recursive: true })
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

export type Shown = { readonly name: string; readonly hole: string | undefined; readonly outcome: string }

/** Opens a page like a typed address, and reads it when it is complete. */
export async function open(page: Page, relay: Relay, path: string): Promise<Shown> {
  await page.goto(relay.origin + path)
  const shown = await page.waitForFunction(() => {
    // A page that was cut has a pending reload, and a page that was reloaded may still be empty.
    const isOpen = document.querySelector('[data-skeleton], meta[http-equiv=refresh]') !== null
    if (document.readyState !== 'complete' || isOpen) return undefined
    const [navigation] = performance.getEntriesByType('navigation')
    return {
      name: document.querySelector('h1')?.textContent ?? '',
      hole: document.querySelector('[data-testid=hole]')?.textContent ?? undefined,
      outcome:
        navigation?.toJSON().serverTiming.find(({ name }: { name: string }) => name === 'shell')?.description ??
        'network',
    }
  })
  return (await shown.jsonValue()) as Shown
}

/** Installs with a page that the tests do not use. */
export async function install(page: Page, relay: Relay): Promise<void> {
  await page.goto(`${relay.origin}/items/elsewhere`)
  await untilControlled(page)
}

/** Renames from another browser. */
export async function rename(relay: Pick<Relay, 'origin'>, id: string, name: string, how = ''): Promise<void> {
  const response = await fetch(`${relay.origin}/api/names?id=${id}&name=${encodeURIComponent(name)}${how}`, {
    method: 'POST',
  })
  expect(response.status).toBe(200)
}

/** Answers our requests like a host without our origin. Set it as the relay's fault. */
export function withoutOrigin({ headers }: IncomingMessage): Fault | undefined {
  const isOurs = 'shell-cache-record' in headers || 'shell-cache-resume' in headers
  return isOurs ? { status: 405, body: 'GET, HEAD' } : undefined
}

/** The network requests for a path since then. */
export function requestsFor(relay: Relay, path: string, since: number): string[] {
  return relay.exchanges
    .slice(since)
    .flatMap(({ url, method, headers }) =>
      url === path ? [headers['shell-cache-record'] === undefined ? method : 'record'] : [],
    )
}

/** Resolves when every request is answered and no new one follows. Record checks after the router's prefetches start a second later. */
export async function untilQuiet(relay: Relay): Promise<void> {
  let asked = -1
  await expect
    .poll(
      () => {
        const before = asked
        asked = relay.exchanges.length
        return asked === before && relay.exchanges.every(({ isEnded }) => isEnded)
      },
      // Longer than the worker waits before it checks the records from which it answered the router (sw/util/timeouts.ts).
      { intervals: [1200] },
    )
    .toBe(true)
}
