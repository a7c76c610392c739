// Proves what a visit gets if the host adds headers, and which of them it keeps: from its page, and from the record fetched after it.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { encodeRecord } from '../../protocol/record/record-codec.ts'
import { formatVerdict } from '../../protocol/verdict.ts'
import { noteHost } from '../store/host-head.ts'
import { deleteAllRecords, type Found, putRecord, readRecord } from '../store/records.ts'
import { type Network, PLAIN } from '../transport/plain.ts'
import { staticRecord, workerConfig } from '../util/test-worker.ts'
import type { Navigation } from './eligible.ts'
import { navigate } from './navigate.ts'

const config = workerConfig()
const record = staticRecord('/')
const ADDED = ['x-frame-options', 'DENY'] as const
const withAdded = (body: BodyInit, given: Record<string, string> = {}): Response =>
  new Response(body, { headers: { ...given, [ADDED[0]]: ADDED[1] } })

/** Answers the requests for a record. */
const origin = vi.fn<() => Promise<Response>>(async () => {
  const verdict = formatVerdict({ kind: 'recorded', digest: record.digest, isStale: false })
  return withAdded(encodeRecord(record, new Map()), { 'shell-cache-verdict': verdict })
})

beforeEach(async () => {
  vi.stubGlobal('fetch', origin.mockClear())
  await deleteAllRecords()
  await noteHost(undefined, config)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

async function visit(mode: Navigation['mode'] = 'instant', isRepeat = false): Promise<string> {
  const background: Promise<unknown>[] = []
  const request = new Request('https://shop.test/')
  const waitUntil = (work: Promise<unknown>): void => void background.push(work)
  const event = { request, resultingClientId: '', waitUntil } as unknown as FetchEvent
  const network: Network = {
    ...PLAIN,
    fetchPage: async () => withAdded('network'),
    sentPage: async () => withAdded(record.shell),
  }
  const navigation = { url: new URL(request.url), keys: ['/'], mode, isRepeat } as const
  const text = await (await navigate(event, navigation, config, network)).text()
  await Promise.all(background)
  return text
}

const found = (): Promise<Found | undefined> => readRecord('build', ['/'])

it('has the network show a page that was not seen yet, once, and asks for nothing beside it', async () => {
  await putRecord({ ...record, receivedAt: Date.now(), asOf: 1000 })
  expect(await visit()).toBe('network')
  expect((await found())?.record.headers).toContainEqual(ADDED)
  expect(await visit()).toBe('<html>/</body></html>')
  expect(origin).not.toHaveBeenCalled()
})

it('keeps what the host adds beside a record that comes', async () => {
  expect(await visit()).toBe('network')
  expect((await found())?.record.headers).toContainEqual(ADDED)
  expect((await found())?.isUnseen).toBe(false)
})

it('keeps nothing that came with a guarded page, which is shown with the headers of its verdict', async () => {
  await visit('gated')
  expect((await found())?.record.headers).toEqual(record.headers)
  expect((await found())?.isUnseen).toBe(false)
  await visit('gated', true)
  expect((await found())?.record.headers).toEqual(record.headers)
})
