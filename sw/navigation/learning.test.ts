// Proves from which of the network's pages a shell is learned if no origin of ours answers, and that their visitor gets them whole. What is
// learned from them is in sw/refresh/learn-shell.test.ts.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import type { Learning } from '../refresh/learn-shell.ts'
import { deleteAllRecords, putRecord } from '../store/records.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import type { Network } from '../transport/plain.ts'
import type { Navigation } from './eligible.ts'
import { navigate } from './navigate.ts'

const config = workerConfig({ transport: 'prefix' })
const received = { receivedAt: Date.now(), asOf: 1000 }
const shell: StoredRecord = { ...resumingRecord('/'), ...received }
const ofRoute: StoredRecord = { ...resumingRecord('/[slug]'), ...received }
const whole: StoredRecord = { ...staticRecord('/'), ...received }
const old = { lifetime: { revalidate: 1, expire: 2 }, receivedAt: Date.now() - 5000 }
const network = vi.fn<typeof fetch>()

beforeEach(async () => {
  vi.stubGlobal('fetch', network)
  network.mockReset()
  await deleteAllRecords()
})
afterEach(() => vi.unstubAllGlobals())

/** What the visitor gets, and the pages that were handed over to learn from. */
async function visit(record: StoredRecord, change: Partial<Navigation> = {}, given: Partial<Network> = {}) {
  await putRecord(record)
  const background: Promise<unknown>[] = []
  const request = new Request('https://shop.test/')
  const waitUntil = (work: Promise<unknown>): void => void background.push(work)
  const event = { request, resultingClientId: '', waitUntil } as unknown as FetchEvent
  const navigation: Navigation = { url: new URL(request.url), keys: ['/'], mode: 'instant', isRepeat: false, ...change }
  const ways: Network = {
    askForRest: async () => ({ kind: 'unanswered' }),
    askForVerdict: async () => ({ kind: 'unanswered' }),
    fetchPage: async () => new Response('network'),
    sentPage: async () => new Response('sent'),
    ...given,
  }
  const learned: string[] = []
  const learning: Learning = {
    hold: async () => {},
    begin: () => async (page) => void learned.push(await page.text()),
  }
  const text = await (await navigate(event, navigation, config, ways, { learning })).text()
  await Promise.all(background)
  return { text, learned }
}

const WHOLE = '<html>/</body></html>'
const atRoute: Partial<Navigation> = { keys: ['/', '/[slug]'], isRepeat: true }

it.each<[string, StoredRecord, Partial<Navigation>, string, string[]]>([
  ['a shell that is not shown', { ...shell, ...old }, {}, 'network', ['network']],
  ['a reload of a page that has its route’s shell', ofRoute, atRoute, 'network', ['network']],
  ['a whole document', whole, {}, WHOLE, ['sent']],
  ['a whole document that is not shown', { ...whole, ...old }, {}, 'network', ['network']],
  ['nothing where its own shell is reloaded', shell, { isRepeat: true }, 'network', []],
])('learns from the page that has come for %s', async (_what, record, change, text, learned) => {
  expect(await visit(record, change)).toEqual({ text, learned })
  expect(network).not.toHaveBeenCalled()
})

it('asks for a whole document’s page where the browser has not', async () => {
  network.mockResolvedValueOnce(new Response('fetched'))
  expect(await visit(whole, {}, { sentPage: async () => undefined })).toEqual({ text: WHOLE, learned: ['fetched'] })
})

it('learns nothing from an error page, and nothing in draft mode', async () => {
  const fetchPage = async (): Promise<Response> => new Response('gone', { status: 404 })
  expect((await visit({ ...shell, ...old }, {}, { fetchPage })).learned).toEqual([])
  vi.stubGlobal('cookieStore', { get: async () => ({}) })
  expect((await visit({ ...shell, ...old })).learned).toEqual([])
})
