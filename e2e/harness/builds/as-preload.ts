// Lets a test run a build of the suite with navigation preload, the default. The suite's builds resume by POST (build-app.ts), so the
// relay sends their worker with that option changed. Also lists the verdicts of the requests that the worker sent.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect } from '../fixtures.ts'
import { appFolder, type AppName } from '../paths.ts'
import type { Relay } from '../servers/relay.ts'

export async function serveWithPreload(relay: Relay, app: AppName): Promise<void> {
  const worker = await readFile(join(appFolder(app), '.next', 'static', 'shell-cache', 'sw.js'), 'utf8')
  const body = worker.replace('"preload":false', '"preload":true')
  expect(body).not.toBe(worker)
  const { headers } = await fetch(`${relay.origin}${app === 'plain' ? '/docs' : ''}/sw.js`)
  const kept = ['content-type', 'cache-control', 'service-worker-allowed'].flatMap((name): [string, string][] => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  const answer = { status: 200, headers: Object.fromEntries(kept), body }
  relay.fault = ({ url }) => (url?.endsWith('/sw.js') ? answer : undefined)
}

/** The requests for pages that the server got since then, each with its verdict. */
export const verdictsSince = (relay: Relay, since: number): string[] =>
  relay.exchanges
    .slice(since)
    .filter(({ headers }) => headers['sec-fetch-mode'] === 'navigate' || headers['shell-cache-resume'] !== undefined)
    .map(({ method, answer }) => `${method} ${String(answer['shell-cache-verdict'] ?? 'whole').split(';')[0]}`)
