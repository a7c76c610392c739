// Proves what `shell-cache: off` does to a worker that receives it: nothing stored is left, nothing is fetched while it holds, and
// everything comes back when it is gone, without a loop.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it, vi } from 'vitest'

import { encodeRecord } from '../../protocol/record/record-codec.ts'
import { formatVerdict } from '../../protocol/verdict.ts'
import { countRecords } from '../store/records.ts'
import { manifestOf } from '../install/test-build.ts'
import { navigate } from '../navigation/navigate.ts'
import { isSwitchedOff } from '../transport/switch.ts'
import { MemoryCaches, staticRecord, workerConfig } from '../util/test-worker.ts'
import { startWorker } from './lifecycle.ts'

declare const registration: object

const record = staticRecord('/')
const config = workerConfig()
const asked: string[] = []
/** What the host sends with its pages, and with the worker's script. */
let [page, script]: (string | undefined)[] = []

type Listener = (event: object) => void
const listeners = new Map<string, Listener>()
const scope = {
  registration,
  clients: { claim: async () => {}, matchAll: async () => [] },
  skipWaiting: async () => {},
  addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
} as unknown as ServiceWorkerGlobalScope

vi.stubGlobal('location', new URL('https://shop.test/sw.js'))
startWorker(scope, config, {}, 'none')

beforeEach(async () => {
  vi.stubGlobal('caches', new MemoryCaches())
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const url = typeof input === 'string' ? input : new URL(input.url).pathname
    const kind = init?.method === 'POST' ? 'POST /' : url
    asked.push(kind)
    if (kind === '/sw.js') return answer('', script)
    if (kind.endsWith('.js')) return new Response(kind)
    if (kind === '/0.txt') return new Response(encodeRecord(record, new Map()))
    if (kind === 'POST /') return answer('', page, { 'shell-cache-verdict': formatVerdict(verdict) })
    if (kind !== '/manifest.json') return answer('<html>network</html>', page)
    return Response.json(manifestOf([record]))
  })
  page = script = undefined
  await say('purge')
  await say('status')
  asked.length = 0
})

const verdict = { kind: 'recorded', digest: record.digest, isStale: false } as const
function answer(body: string, said: string | undefined, headers: Record<string, string> = {}): Response {
  const word = said === undefined ? {} : { 'shell-cache': said }
  return new Response(body, { headers: { 'content-type': 'text/html', ...word, ...headers } })
}

/** Resolves when everything has ended that an event of this type waits for. */
async function dispatch(type: string, event: object = {}): Promise<void> {
  let waiting: Promise<unknown> = Promise.resolve()
  listeners.get(type)?.({ ...event, waitUntil: (work: Promise<unknown>) => (waiting = Promise.all([waiting, work])) })
  await waiting
}

const say = (type: string): Promise<void> =>
  dispatch('message', { data: { type: `shell-cache:${type}` }, ports: [{ postMessage: () => {} }] })

/** A visit to the page, and its text. */
async function visit(): Promise<string> {
  let waiting: Promise<unknown> = Promise.resolve()
  const request = new Request('https://shop.test/')
  const event: FetchEvent = {
    request,
    resultingClientId: '',
    waitUntil: (work: Promise<unknown>) => (waiting = Promise.all([waiting, work])),
  } as never
  const url = new URL(request.url)
  const response = await navigate(event, { url, keys: ['/'], mode: 'instant', isRepeat: false }, config)
  const text = await response.text()
  await waiting
  return text
}

it('takes all that is stored away, lets the network answer, and comes back when it is over', async () => {
  expect(await visit()).toContain('/')
  expect(await countRecords('build')).toBe(1)

  ;[page, script] = ['off', 'off']
  // This visit still gets the shell: only the response after it says `off`.
  await visit()
  await vi.waitFor(async () => expect(await countRecords('build')).toBe(0))
  expect(await caches.keys()).toEqual([])
  asked.length = 0
  for (let times = 0; times < 3; times++) {
    expect(await visit()).toContain('network')
    await say('status')
  }
  expect(await countRecords('build')).toBe(0)
  expect(new Set(asked)).toEqual(new Set(['/', '/sw.js']))

  page = script = undefined
  expect(await visit()).toContain('network')
  await say('status')
  expect(isSwitchedOff()).toBe(false)
  expect(await countRecords('build')).toBe(1)
  expect(await visit()).toBe(new TextDecoder().decode(record.shell))
})

it('stays if its own script does not say so: what a cache has kept is no word of the host', async () => {
  page = 'off'
  await visit()
  await vi.waitFor(() => expect(isSwitchedOff()).toBe(false))
  await say('status')
  expect(await countRecords('build')).toBe(1)
  expect(asked).not.toContain('/0.txt')
})

it('installs nothing while it holds', async () => {
  script = 'off'
  await say('purge')
  await dispatch('install', { addRoutes: undefined })
  expect(asked).toEqual(['/sw.js'])
  expect(await countRecords('build')).toBe(0)
  script = undefined
  await say('status')
  expect(await countRecords('build')).toBe(1)
})
