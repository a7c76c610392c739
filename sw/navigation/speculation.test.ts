// Proves what the browser gets for a page that it prepares before the click: by our rules nothing that costs the origin more than holes, by the
// app's own what any navigation gets.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { toUtf8 } from '../../protocol/utf8.ts'
import { deleteAllRecords, putRecord } from '../store/records.ts'
import type { Network } from '../transport/plain.ts'
import type { ResumeAnswer } from '../transport/resume.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import type { Navigation } from './eligible.ts'
import { navigate } from './navigate.ts'

const shell = { ...resumingRecord('/'), receivedAt: Date.now(), asOf: 1000 }
const OURS = '"shell-cache"'

beforeEach(async () => {
  vi.stubGlobal('fetch', () => expect.fail('a question'))
  await deleteAllRecords()
})
afterEach(() => vi.unstubAllGlobals())

async function visit(tags: string, given: Partial<Network>) {
  const background: Promise<unknown>[] = []
  const request = new Request('https://shop.test/', { headers: { 'sec-speculation-tags': tags } })
  const waitUntil = (work: Promise<unknown>): void => void background.push(work)
  const event = { request, resultingClientId: '', waitUntil } as unknown as FetchEvent
  const navigation: Navigation = { url: new URL(request.url), keys: ['/'], mode: 'instant', isRepeat: false }
  const network: Network = {
    askForRest: () => expect.fail('the rest of a page that is shown'),
    askForVerdict: async () => ({ kind: 'unanswered' }),
    fetchPage: () => expect.fail('a document'),
    sentPage: async () => undefined,
    ...given,
  }
  const response = await navigate(event, navigation, workerConfig(), network)
  const text = await response.text()
  await Promise.all(background)
  return { text, status: response.status }
}

function resumed(): ResumeAnswer {
  const { body } = new Response(toUtf8('<p>rest</p></body></html>'))
  if (!body) throw new Error('a response of bytes has a body')
  const headers = new Headers({ 'content-type': 'text/html' })
  return { kind: 'resumed', headers, hasNewer: false, body: body.getReader() }
}

it.each<[string, ResumeAnswer, number, string]>([
  ['resumes', resumed(), 200, '<html>/<p>rest</p></body></html>'],
  ['has too much to do for', { kind: 'refused', reason: 'busy', location: null }, 503, ''],
  ['does not answer for', { kind: 'unanswered' }, 503, ''],
])('prepares a page only if the origin %s its shell', async (_name, answer, status, text) => {
  await putRecord(shell)
  expect(await visit(OURS, { askForVerdict: async () => answer })).toEqual({ status, text })
})

it('prepares no page that is not stored, and drops what the browser’s preload has brought', async () => {
  const sent = new Response('document')
  expect(await visit(OURS, { sentPage: async () => sent })).toEqual({ status: 503, text: '' })
  await expect(sent.text()).rejects.toThrow()
})

it.each(['null, "shell-cache"', '"shop"'])(
  'answers what a rule of the app’s prepares as any navigation: %s',
  async (tags) => {
    const page = new Response('network', { status: 404 })
    expect(await visit(tags, { fetchPage: async () => page })).toEqual({ status: 404, text: 'network' })
  },
)
