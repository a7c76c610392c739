// Shared by the worker's unit tests: records, and a Cache Storage in memory (Node has none; e2e uses the browser's).

import { createHash } from 'node:crypto'

import { type Digest, digestInput, toDigest } from '../../protocol/digest.ts'
import type { ResumingRecord, StaticRecord } from '../../protocol/record/record.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'

// Node 20 has no navigator.
Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true })
Object.assign(globalThis, { registration: { scope: 'https://shop.test/docs' } })

export const workerConfig = (given: Partial<WorkerConfig> = {}): WorkerConfig => ({
  buildId: 'build',
  basePath: '',
  trailingSlash: false,
  scriptHeaders: [],
  manifestUrl: '/manifest.json',
  staticUrls: ['/_next/static/'],
  timeouts: { store: 60_000, offline: 1000, response: 1000, idle: 1000 },
  budget: { records: 100, bytes: 1_000_000, images: 1000, install: 1_000_000 },
  offline: { page: { html: '<h1>offline</h1>' }, expired: true },
  drawings: [],
  watchUrl: '',
  deploymentId: undefined,
  invalidateOn: [],
  update: 'immediate',
  transport: 'auto',
  preload: false,
  earlyStart: true,
  runTag: '',
  offlineCopies: [],
  staleUrl: '',
  actions: false,
  inspector: false,
  debug: false,
  routes: [],
  ...given,
})

const hash = (bytes: Uint8Array): Digest => toDigest(createHash('sha256').update(bytes).digest())

function parts(key: string, buildId: string, html: string): Omit<StaticRecord, 'kind' | 'digest'> {
  const shell = toUtf8(html)
  const headers = [['content-type', 'text/html; charset=utf-8']] as const
  const lifetime = { revalidate: undefined, expire: undefined }
  return { buildId, key, route: key, status: 200, headers, lifetime, tags: [], shell, shellHash: hash(shell) }
}

export function staticRecord(key: string, buildId = 'build', html = `<html>${key}</body></html>`): StaticRecord {
  const base = parts(key, buildId, html)
  return { ...base, kind: 'static', digest: hash(digestInput(base.shell, new Uint8Array(0))) }
}

export function resumingRecord(key: string, buildId = 'build', html = `<html>${key}`): ResumingRecord {
  const base = parts(key, buildId, html)
  const digest = hash(digestInput(base.shell, toUtf8('state')))
  return {
    ...base,
    kind: 'resuming',
    digest,
    stateForm: 'sealed',
    state: toUtf8('sealed'),
    resumeHeaders: [['next-resume', '1']],
    bootScript: undefined,
  }
}

/** A request as a link on `referrer` makes it. Node's `Request` accepts only a referrer of its own origin, and Node has no origin. */
export function comingFrom(referrer: string, request: Request): Request {
  return Object.defineProperty(request, 'referrer', { value: referrer })
}

function hrefOf(url: string): string {
  return new URL(url, 'https://shop.test').href
}

type Asked = string | Pick<Request, 'url'>

function urlOf(asked: Asked): string {
  return hrefOf(typeof asked === 'string' ? asked : asked.url)
}

type MemoryCache = {
  readonly match: (asked: Asked) => Promise<Response | undefined>
  readonly put: (url: string, response: Response) => Promise<void>
  readonly delete: (asked: Asked) => Promise<boolean>
  readonly keys: () => Promise<readonly Pick<Request, 'url'>[]>
}

export class MemoryCaches {
  readonly #caches = new Map<string, Map<string, Response>>()

  async open(name: string): Promise<MemoryCache> {
    const cache = this.#caches.get(name) ?? new Map<string, Response>()
    this.#caches.set(name, cache)
    return {
      match: async (asked) => cache.get(urlOf(asked))?.clone(),
      put: async (url, response) => void cache.set(hrefOf(url), response),
      delete: async (asked) => cache.delete(urlOf(asked)),
      keys: async () => [...cache.keys()].map((url) => ({ url })),
    }
  }

  async match(url: string, { cacheName }: { readonly cacheName?: string } = {}): Promise<Response | undefined> {
    return [...this.#caches]
      .filter(([name]) => cacheName === undefined || name === cacheName)
      .map(([, cache]) => cache.get(hrefOf(url)))
      .find(Boolean)
      ?.clone()
  }

  async keys(): Promise<string[]> {
    return [...this.#caches.keys()]
  }

  async delete(name: string): Promise<boolean> {
    return this.#caches.delete(name)
  }
}
