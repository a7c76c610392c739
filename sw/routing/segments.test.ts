// Proves that the router gets the segments of exactly the stored shell if the network does not answer, and that a page that starts on its
// shell gets the payload of that shell or none. What it gets while the network answers is in stored-segments.test.ts.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { packSegments } from '../../protocol/record/pack-segments.ts'
import { compileRoutes } from '../../protocol/build/route-match.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { routeSegment } from './segments.ts'
import { deleteAllRecords, deleteRecord, putRecord, renewRecord } from '../store/records.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import { recordAnswer } from '../transport/availability.ts'

const routes = [
  { pattern: '/p/[slug]', mode: 'instant' },
  { pattern: '/mine', mode: 'gated' },
] as const
const config = workerConfig({
  routes,
  timeouts: { store: 50, offline: 20, response: 50, idle: 50 },
  deploymentId: 'd1',
})
const table = compileRoutes(routes)
const record = { ...resumingRecord('/p/[slug]'), receivedAt: 1, asOf: 1000 }
const segments = new Map([
  ['/_tree', toUtf8('tree')],
  ['/_full', toUtf8('0:{"c":["","p","[slug]"],"q":"","t":{"k":"%%drp:slug:55e7%%"},"l":"$16"}\n')],
])

beforeEach(async () => {
  await deleteAllRecords()
  await putRecord(record, { packed: packSegments(record.shell, segments) })
  recordAnswer()
})
afterEach(() => vi.unstubAllGlobals())

function ask(headers: Record<string, string>, path = '/p/x', method = 'GET') {
  const request = new Request(`https://shop.test${path}`, { method, headers })
  return routeSegment({ request, waitUntil() {} }, new URL(request.url), config, table)?.()
}

const prefetch = (segment = '/_tree') => ({ rsc: '1', 'next-router-segment-prefetch': segment })
const whole = (payload: string) => new Map([...segments, ['/_full', toUtf8(payload)]])
const offline = () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))

it('leaves every other request alone', () => {
  expect(ask({ rsc: '1' })).toBeUndefined()
  expect(ask({ rsc: '1', 'next-router-prefetch': '5' })).toBeUndefined()
  expect(ask(prefetch(), '/p/x', 'HEAD')).toBeUndefined()
  expect(ask(prefetch(), '/unknown')).toBeUndefined()
  expect(ask(prefetch(), '/mine')).toBeUndefined()
})

it('hands on what the network answers, whatever it is', async () => {
  vi.stubGlobal('fetch', async () => new Response('network', { status: 404 }))
  const response = await ask(prefetch())
  expect([response?.status, await response?.text()]).toEqual([404, 'network'])
})

it.each([
  ['gone', () => Promise.reject(new TypeError('no network'))],
  ['silent', () => new Promise(() => {})],
])('answers from the record if the network is %s', async (_name, network) => {
  vi.stubGlobal('fetch', network)
  const response = await ask(prefetch())
  expect(await response?.text()).toBe('tree')
  expect(Object.fromEntries(response?.headers ?? [])).toEqual({
    'content-type': 'text/x-component',
    'x-nextjs-deployment-id': 'd1',
    'x-nextjs-postponed': '2',
  })
})

it('answers what Next would render before a click: of a path from its own record, of a route from the route’s', async () => {
  offline()
  const route = '0:{"s":{"n":"slug","k":"%%drp:slug:55e7%%"}}'
  await putRecord(record, { packed: packSegments(record.shell, whole(route)) })
  const rendered = (kind: '2' | '3' | '4') => ask({ rsc: '1', 'next-router-prefetch': kind })
  const ofRoute = '~0:{"s":{"n":"slug","k":"x"}}'
  expect(await (await rendered('2'))?.text()).toBe(ofRoute)
  const own = { ...staticRecord('/p/x'), receivedAt: 1, asOf: 1000 }
  await putRecord(own, { packed: packSegments(own.shell, whole('own')) })
  expect(await (await rendered('2'))?.text()).toBe('#own')
  expect(await (await rendered('4'))?.text()).toBe('#own')
  expect(await (await rendered('3'))?.text()).toBe(ofRoute)
  await putRecord(record, { packed: packSegments(record.shell, whole('0:"%%drp:other:55e7%%"')) })
  await expect(rendered('3')).rejects.toThrow('no network')
})

it('keeps from the router what a route of the app can intercept, and gives it to the page’s own document', async () => {
  offline()
  await putRecord(record, { packed: packSegments(record.shell, new Map([['/_full', toUtf8('whole')]])) })
  expect(await (await ask(prefetch('/_full')))?.text()).toBe('whole')
  for (const kind of ['2', '3', '4'])
    await expect(ask({ rsc: '1', 'next-router-prefetch': kind })).rejects.toThrow('no network')
})

it('fails as the network does if the record has no such segment, or is gone', async () => {
  offline()
  await expect(ask(prefetch('/other'))).rejects.toThrow('no network')
  await deleteRecord(record)
  await expect(ask(prefetch())).rejects.toThrow('no network')
})

it('gives a shell its own payload without asking the network, and another one’s to no one', async () => {
  vi.stubGlobal('fetch', () => expect.fail('the network was asked'))
  const own = await ask({ 'shell-cache-payload': record.digest })
  const filled = '0:{"c":["","p","[slug]"],"q":"","t":{"k":"x"}}\n'
  expect([await own?.text(), own?.headers.get('shell-cache-payload')]).toEqual([filled, record.digest])
  const other = await ask({ 'shell-cache-payload': 'A'.repeat(43) })
  expect(other?.status).toBe(404)
})

it('keeps the segments of a record that the origin still has, and replaces them with it', async () => {
  offline()
  await renewRecord({ ...record, receivedAt: 2 })
  expect(await (await ask(prefetch()))?.text()).toBe('tree')
  const newer = { ...resumingRecord('/p/[slug]', 'build', '<html>newer'), receivedAt: 3, asOf: 1000 }
  await putRecord(newer, { packed: packSegments(newer.shell, new Map([['/_tree', toUtf8('newer tree')]])) })
  expect(await (await ask(prefetch()))?.text()).toBe('newer tree')
  await expect(ask(prefetch('/_full'))).rejects.toThrow('no network')
})
