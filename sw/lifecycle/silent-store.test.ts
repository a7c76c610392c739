// Proves that nothing waits endlessly for a store that does not answer: IndexedDB that does not open or whose transactions do not end
// (WebKit bug 226547), or silent Cache Storage. Each wait for them has a row.

import 'fake-indexeddb/auto'

import { openDB } from 'idb'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { FORMER } from '../../protocol/app-names.ts'
import { compileRoutes } from '../../protocol/build/route-match.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { takeOver } from '../store/former.ts'
import { learnHead, noteHost } from '../store/host-head.ts'
import * as budget from '../store/budget.ts'
import { forgetDatabase } from '../store/database.ts'
import * as marks from '../store/marks.ts'
import { TABLES } from '../store/schema.ts'
import * as pages from '../store/pages.ts'
import * as records from '../store/records.ts'
import { installRecords } from '../install/install.ts'
import { networkOrImage } from '../install/images.ts'
import { readAsset } from '../install/assets.ts'
import { readHits, readReports, readSimulated, readVisits } from '../inspect/database.ts'
import { answerInspector } from '../inspect/answer.ts'
import { NO_SIMULATION } from '../inspect/simulate.ts'
import { navigate, navigateUnknown } from '../navigation/navigate.ts'
import { readInventory } from '../preload/inventory.ts'
import { noted } from '../refresh/invalidate.ts'
import { refresh } from '../refresh/refresh.ts'
import { routeActions } from '../routing/actions.ts'
import { routeSegment } from '../routing/segments.ts'
import { staticRecord, workerConfig } from '../util/test-worker.ts'
import { startWorker } from './lifecycle.ts'
import { answerMessage } from './messages.ts'

declare const registration: object

const ORIGIN = 'https://shop.test'
const config: WorkerConfig = workerConfig({
  offline: { page: { key: '/offline' }, expired: true },
  routes: [{ pattern: '/', mode: 'instant' }],
  actions: true,
  inspector: true,
})
const record = { ...staticRecord('/'), receivedAt: 1, asOf: 0 }
const table = compileRoutes(config.routes)
const silence = new Promise<never>(() => {})
const manifest = { version: 1, buildId: 'build', entries: [], assets: [], lazy: [], weight: 1, hashes: {}, images: [] }
const unreachable = async (asked: unknown): Promise<Response> =>
  asked === config.manifestUrl ? Response.json(manifest) : Promise.reject(new TypeError('no network'))
const answered = async (): Promise<Response> => new Response('acted', { headers: { 'x-action-revalidated': '1' } })

/** The part of a request that the worker reads. Node cannot make navigation requests. */
const asked = (given: object): Request =>
  ({ url: `${ORIGIN}/`, method: 'GET', mode: 'navigate', headers: new Headers(), ...given }) as never
const event = (): FetchEvent =>
  ({ request: asked({ destination: 'document' }), resultingClientId: '', waitUntil: () => {} }) as never
const asking = (request: Request) => ({ request, waitUntil: () => {} })
const navigation = {
  url: new URL(`${ORIGIN}/`),
  keys: ['/'] as const,
  mode: 'instant' as const,
  isRepeat: false,
}
const action = asked({ method: 'POST', headers: new Headers({ 'next-action': 'a' }) })
const prefetch = asked({ mode: 'cors', headers: new Headers({ 'next-router-segment-prefetch': '/_tree' }) })
const ofShell = asked({ mode: 'cors', headers: new Headers({ 'shell-cache-payload': 'A'.repeat(43) }) })

const port: MessagePort = { postMessage: () => {} } as never

const WORKER = { registration, clients: { matchAll: async () => [] } } as unknown as ServiceWorkerGlobalScope

/** A message of a page to the worker. */
const told = (data: object) => (): Promise<void> => {
  const event = { data, ports: [port] } as unknown as ExtendableMessageEvent
  return answerMessage(WORKER, config, event)
}

/** What the worker's event of this type waits for. */
function lifeEvent(type: string): Promise<unknown> {
  const listeners = new Map<string, (event: object) => void>()
  const scope = {
    registration,
    clients: { claim: async () => {}, matchAll: async () => [] },
    addEventListener: (heard: string, listener: (event: object) => void) => listeners.set(heard, listener),
    skipWaiting: async () => {},
  } as unknown as ServiceWorkerGlobalScope
  startWorker(scope, config, { onActivate: async () => void (await readInventory('build')) }, 'none')
  const waits: Promise<unknown>[] = []
  listeners.get(type)?.({ waitUntil: (work: Promise<unknown>) => waits.push(work) })
  return Promise.all(waits)
}

declare const IDBOpenDBRequest: new () => globalThis.IDBOpenDBRequest

const url = new URL(`${ORIGIN}/`)
const WAITS: Readonly<Record<string, () => Promise<unknown> | undefined>> = {
  'a visit': () => navigate(event(), navigation, config),
  'a visit of a gated page': () => navigate(event(), { ...navigation, mode: 'gated' }, config),
  'a visit of an unknown page': () => navigateUnknown(event(), config),
  'a server action': () => noted(answered()),
  'a server action with a state': () => routeActions(config)(action, url, table)?.(),
  'a prefetch of the router': () => routeSegment(asking(prefetch), url, config, table)?.(),
  'a page that starts on its shell': () => routeSegment(asking(ofShell), url, config, table)?.(),
  'a script': () => readAsset(asked({ url: '/_next/static/a.js' }), 'build'),
  'a picture': () => networkOrImage(asked({ url: `${ORIGIN}/_next/image?url=a` }), config),
  install: () => lifeEvent('install'),
  activate: () => lifeEvent('activate'),
  'an install from the manifest': () => installRecords(config),
  'a head that was seen': () => learnHead(record, new Response()),
  'what the host adds': () => noteHost(undefined, config),
  'a refresh': () => refresh(asked({}), { keys: ['/'], known: record, mode: 'instant' }, config),
  'the message status': told({ type: 'shell-cache:status' }),
  'the message purge': told({ type: 'shell-cache:purge' }),
  'the message refresh': told({ type: 'shell-cache:refresh', changed: '*' }),
  'the inspector': () =>
    answerInspector(config, NO_SIMULATION, { data: { type: 'shell-cache:inspect' }, ports: [port] }),
  'visits of the inspector': readVisits,
  'reports of the inspector': readReports,
  'hits of the inspector': readHits,
  'what is simulated': readSimulated,
  'the inventory of a preload': () => readInventory('build'),
  'the takeover': takeOver,
}

/** By name, so that a function that is added later is reported as missing here. */
const OF_STORE: Readonly<Record<string, () => Promise<unknown>>> = {
  readRecord: () => records.readRecord('build', ['/']),
  readWhole: () => records.readWhole('build', ['/']),
  putRecord: () => records.putRecord(record),
  renewRecord: () => records.renewRecord(record),
  deleteRecord: () => records.deleteRecord(record),
  readUses: () => records.readUses(),
  countRecords: () => records.countRecords('build'),
  noteInstalled: () => records.noteInstalled('build', []),
  isInstalled: () => records.isInstalled('build'),
  readLeft: () => records.readLeft('build'),
  takeLeft: () => records.takeLeft('build', '/'),
  deleteOtherBuilds: () => records.deleteOtherBuilds('build'),
  deleteAllRecords: () => records.deleteAllRecords(),
  currentSequence: () => marks.currentSequence(),
  purgedAt: () => marks.purgedAt(),
  isAtRest: () => marks.isAtRest(),
  markInvalidated: () => marks.markInvalidated('everything'),
  noteUse: () => budget.noteUse(record, Date.now()),
  keepWithin: () => budget.keepWithin(config),
  putPage: () => pages.putPage(record, 0, 'unfit'),
}
/** These are pure, or work in a transaction that their caller has begun. */
const WAIT_FOR_NOTHING = [
  'remove',
  'readMarks',
  'writeMarks',
  'withMark',
  'withPurge',
  'isInvalidated',
  'tooMany',
  'byWorth',
  'isOfflinePage',
  'keepPages',
]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  vi.stubGlobal('location', new URL(`${ORIGIN}/sw.js`))
  vi.stubGlobal('caches', { keys: () => silence, open: () => silence, match: () => silence })
  vi.stubGlobal('fetch', unreachable)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  forgetDatabase()
})

const ALL = Object.entries({ ...WAITS, ...OF_STORE })

it.each(ALL)('%s ends if the database does not open', async (_name, wait) => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => new IDBOpenDBRequest())
  expect(await hasEnd(wait)).toBe(true)
})

it.each(ALL)('%s ends if a transaction does not', async (_name, wait) => {
  await openAll()
  const nothing = new Proxy({}, { get: () => () => silence })
  const transaction = { objectStore: () => nothing, done: silence }
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockReturnValue(transaction as never)
  expect(await hasEnd(wait)).toBe(true)
})

it('lists every wait of the store', () => {
  const exported = Object.keys({ ...records, ...pages, ...marks, ...budget }).filter(
    (name) => !WAIT_FOR_NOTHING.includes(name),
  )
  expect(Object.keys(OF_STORE).toSorted()).toEqual(exported.toSorted())
})

/** The transaction that creates the tables counts, too. */
async function openAll(): Promise<void> {
  await records.countRecords('build')
  await readVisits()
  const upgrade = (fresh: { createObjectStore: (name: string) => object }): void =>
    TABLES.forEach((name) => void fresh.createObjectStore(name))
  ;(await openDB(FORMER.database, 3, { upgrade })).close()
}

async function hasEnd(wait: () => Promise<unknown> | undefined): Promise<boolean> {
  const state = { hasEnded: false }
  const end = (): void => void (state.hasEnded = true)
  wait()?.then(end, end)
  for (let second = 0; second < 90 && !state.hasEnded; second++) {
    await vi.advanceTimersByTimeAsync(1000)
    // The in-memory database runs in its own tasks.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return state.hasEnded
}
