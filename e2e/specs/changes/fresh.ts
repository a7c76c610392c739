// What the specs of the app `fresh` share: copies of it, a look at its pages, and somebody else who renames.

import { cp, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'

import { expect, type Page } from '@playwright/test'

import { type AppName, appFolder } from '../../harness/paths.ts'
import type { Fault, Relay } from '../../harness/servers/relay.ts'
import { untilControlled } from '../../harness/fixtures.ts'

/** A copy of a built app, for as long as it is used: what a server writes into it is no one else's. */
export async function copyApp(name: AppName, suffix: string): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = appFolder(`${name}-${suffix}`)
  await rm(folder, { recursive: true, force: true })
  await cp(appFolder(name), folder, { recursive: true })
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

export type Shown = { readonly name: string; readonly hole: string | undefined; readonly outcome: string }

/** Opens a page as a typed address does, and reads it when all of it is there. */
export async function open(page: Page, relay: Relay, path: string): Promise<Shown> {
  await page.goto(relay.origin + path)
  const shown = await page.waitForFunction(() => {
    // A page that was cut has a reload ahead of it, and one that was reloaded may have nothing yet.
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

/** Installs by way of a page that the test does not look at. */
export async function install(page: Page, relay: Relay): Promise<void> {
  await page.goto(`${relay.origin}/items/elsewhere`)
  await untilControlled(page)
}

/** Somebody else renames, in another browser. */
export async function rename(relay: Pick<Relay, 'origin'>, id: string, name: string, how = ''): Promise<void> {
  const response = await fetch(`${relay.origin}/api/names?id=${id}&name=${encodeURIComponent(name)}${how}`, {
    method: 'POST',
  })
  expect(response.status).toBe(200)
}

/** As a host answers our requests where nothing of ours runs; to be set as the relay's fault. */
export function withoutOrigin({ headers }: IncomingMessage): Fault | undefined {
  const isOurs = 'shell-cache-record' in headers || 'shell-cache-resume' in headers
  return isOurs ? { status: 405, body: 'GET, HEAD' } : undefined
}

/** What went over the network for a path since then, but the app's own files. */
export function requestsFor(relay: Relay, path: string, since: number): string[] {
  return relay.exchanges
    .slice(since)
    .flatMap(({ url, method, headers }) =>
      url === path ? [headers['shell-cache-record'] === undefined ? method : 'record'] : [],
    )
}

/** Resolves when everything that was asked of the server is answered, and nothing more is asked: a question behind links waits for a second. */
export async function untilQuiet(relay: Relay): Promise<void> {
  let asked = -1
  await expect
    .poll(
      () => {
        const before = asked
        asked = relay.exchanges.length
        return asked === before && relay.exchanges.every(({ isEnded }) => isEnded)
      },
      // Longer than the worker waits before it asks behind what the router got (sw/util/timeouts.ts).
      { intervals: [1200] },
    )
    .toBe(true)
}
