// Proves that pages which load at the same time fill an emptied store only once, and what the worker tells a page that speculates.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it, vi } from 'vitest'

import { encodeRecord } from '../../protocol/record/record-codec.ts'
import { isWorkerLinks } from '../../protocol/page/messages.ts'
import { deleteAllRecords, putRecord } from '../store/records.ts'
import { storedDigests } from '../store/test-store.ts'
import { MemoryCaches, staticRecord, workerConfig } from '../util/test-worker.ts'
import { manifestOf } from '../install/test-build.ts'
import { answerMessage } from './messages.ts'

const record = staticRecord('/')
const config = workerConfig()
const asked: string[] = []
const scope = {
  registration: { scope: 'https://shop.test/' },
  clients: { matchAll: async () => [] },
} as unknown as ServiceWorkerGlobalScope

beforeEach(async () => {
  vi.stubGlobal('caches', new MemoryCaches())
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    if (url.endsWith('.js')) return new Response(url)
    return url === '/0.txt' ? new Response(encodeRecord(record, new Map())) : Response.json(manifestOf([record]))
  })
  await deleteAllRecords()
})

it('fills an emptied store once for all pages that load together, and again after a purge', async () => {
  const load = (type = 'status'): Promise<void> => {
    const data = { type: `shell-cache:${type}` }
    const event = { data, ports: [{ postMessage: () => {} }] } as unknown as ExtendableMessageEvent
    return answerMessage(scope, config, event)
  }
  const fills = () => asked.filter((url) => url === '/0.txt').length
  await Promise.all([load(), load(), load(), load()])
  expect([...(await storedDigests('build')).keys()]).toEqual(['/'])
  expect(fills()).toBe(1)
  await load()
  expect(fills()).toBe(1)
  await load('purge')
  await Promise.all([load(), load()])
  expect(fills()).toBe(2)
})

it('says which pages are stored, and how each route is served', async () => {
  await putRecord({ ...record, receivedAt: 1, asOf: 1000 })
  const told: unknown[] = []
  const ports = [{ postMessage: (answer: unknown) => void told.push(answer) }]
  const event = { data: { type: 'shell-cache:links' }, ports } as unknown as ExtendableMessageEvent
  await answerMessage(scope, config, event)
  expect(told.every(isWorkerLinks)).toBe(true)
  const uses = [expect.objectContaining({ buildId: 'build', key: '/' })]
  const known = { buildId: 'build', basePath: config.basePath, routes: config.routes, uses }
  expect(told).toMatchObject([{ ...known, headers: [] }])
})

it('says which headers the page that asks is stored with, so that it tries nothing that they forbid', async () => {
  const headers = [['content-security-policy', "default-src 'self'"]] as const
  await putRecord({ ...record, headers, receivedAt: 1, asOf: 1000 })
  const told: unknown[] = []
  const ports = [{ postMessage: (answer: unknown) => void told.push(answer) }]
  const known = workerConfig({ routes: [{ pattern: '/', mode: 'instant' }] })
  for (const url of ['https://shop.test/?q=1', 'https://shop.test/other']) {
    const event = { data: { type: 'shell-cache:links' }, ports, source: { url } } as unknown as ExtendableMessageEvent
    await answerMessage(scope, known, event)
  }
  expect(told.every(isWorkerLinks)).toBe(true)
  expect(told).toMatchObject([{ headers }, { headers: [] }])
})
