// A build on a server (msw), and the empty stores of a worker that installs it. For unit tests.

import 'fake-indexeddb/auto'

import { createHash } from 'node:crypto'

import { deleteDB } from 'idb'
import { http, HttpResponse } from 'msw'
import { type SetupServer, setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'

import type { JsonObject } from '../../protocol/json-shape.ts'
import { encodeRecord } from '../../protocol/record/record-codec.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'
import { forgetDatabase, openDatabase } from '../store/database.ts'
import { appNames } from '../util/app.ts'
import { MemoryCaches } from '../util/test-worker.ts'

const ORIGIN = 'https://shop.test'

type Build = { readonly records: readonly ShellRecord[]; readonly answers?: Readonly<Record<string, Response>> }

/** To be called once per test file: each test then has its own stores. */
export function setUpInstall(): { readonly server: SetupServer; readonly serve: (build: Build) => string[] } {
  const server = setupServer()
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
  afterAll(() => server.close())
  beforeEach(() => {
    vi.stubGlobal('caches', new MemoryCaches())
    // A worker resolves paths against its own location; Node has none.
    const absoluteFetch = globalThis.fetch
    vi.stubGlobal('fetch', (path: string, init?: RequestInit) => absoluteFetch(new URL(path, ORIGIN), init))
  })
  afterEach(async () => {
    vi.unstubAllGlobals()
    server.resetHandlers()
    ;(await openDatabase()).close()
    forgetDatabase()
    await deleteDB(appNames().database)
  })
  return { server, serve: (build) => serveFrom(server, build) }
}

/** The returned list grows with each requested path. */
function serveFrom(server: SetupServer, { records, answers = {} }: Build): string[] {
  const asked: string[] = []
  const files: Record<string, Response> = {
    '/manifest.json': HttpResponse.json(manifestOf(records)),
    ...Object.fromEntries(
      records.map((record, at) => [`/${at}.txt`, HttpResponse.arrayBuffer(encodeRecord(record).buffer)]),
    ),
    ...answers,
  }
  server.use(
    http.get(`${ORIGIN}/*`, ({ request }) => {
      const path = new URL(request.url).pathname
      asked.push(path)
      return files[path]?.clone() ?? HttpResponse.text(path)
    }),
  )
  return asked
}

export function manifestOf(records: readonly ShellRecord[]): JsonObject {
  const assets = ['/shared.js', ...records.map((_record, at) => `/only-${at}.js`)]
  const entries = records.map(({ key, digest }, at) => ({
    key,
    digest,
    url: `/${at}.txt`,
    bytes: 1,
    cost: 1,
    weight: 1,
    hasParams: false,
    assets: [0, at + 1],
  }))
  const hashes = Object.fromEntries(assets.map((url) => [url, createHash('sha256').update(url).digest('base64url')]))
  return {
    version: 1,
    buildId: 'build',
    assets,
    entries,
    lazy: ['/late-1.js', '/late-2.js'],
    hashes,
    weight: 1,
    images: [],
  }
}
