// Proves what the browser gets for a page that it prepares before the click: under our rules nothing that costs the origin more than holes,
// under the app's own rules what any navigation gets.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { toUtf8 } from '../../protocol/utf8.ts'
import { deleteAllRecords, putRecord } from '../store/records.ts'
import type { Network } from '../transport/plain.ts'
import type { ResumeAnswer } from '../transport/resume.ts'
import { deferred } from '../util/async.ts'
import { noteFit, noteMisfit } from '../response/misfits.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import type { Navigation } from './eligible.ts'
import { navigate } from './navigate.ts'
import { notePress } from './press.ts'

const shell = { ...resumingRecord('/'), receivedAt: Date.now(), asOf: 1000 }
const OURS = '"shell-cache"'

beforeEach(async () => {
  vi.stubGlobal('fetch', () => expect.fail('a question'))
  await deleteAllRecords()
})
afterEach(() => vi.unstubAllGlobals())

type Given = Partial<Network> & { readonly mode?: Navigation['mode'] }

async function begin(tags: string, { mode = 'instant', ...given }: Given) {
  const background: Promise<unknown>[] = []
  const request = new Request('https://shop.test/', { headers: { 'sec-speculation-tags': tags } })
  const waitUntil = (work: Promise<unknown>): void => void background.push(work)
  const event = { request, resultingClientId: '', waitUntil } as unknown as FetchEvent
  const navigation: Navigation = { url: new URL(request.url), keys: ['/'], mode, isRepeat: false }
  const network: Network = {
    askForRest: () => expect.fail('another question'),
    askForVerdict: async () => ({ kind: 'unanswered' }),
    fetchPage: () => expect.fail('a document'),
    sentPage: async () => undefined,
    ...given,
  }
  const response = await navigate(event, navigation, workerConfig(), network)
  return { response, background }
}

async function visit(tags: string, given: Given) {
  const { response, background } = await begin(tags, given)
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

/** A visit to a prepared page, and the origin's verdict, which has not arrived yet. */
function beginUnanswered(given: Given = {}) {
  const answer = deferred<ResumeAnswer>()
  let isAsked = (): void => {}
  const asked = new Promise<void>((resolve) => (isAsked = resolve))
  const askForVerdict = (): Promise<ResumeAnswer> => {
    isAsked()
    return answer.promise
  }
  return { answer, asked, visiting: begin(OURS, { askForVerdict, ...given }) }
}

it('shows the shell when a link is pressed before the origin has answered, and its holes behind it', async () => {
  await putRecord(shell)
  const { answer, asked, visiting } = beginUnanswered()
  await asked
  notePress()
  const { response } = await visiting
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toBe('<html>/')
  answer.resolve(resumed())
  expect((await reader?.read())?.value).toBe('<p>rest</p></body></html>')
})

it('takes the document of a page that was pressed if the origin then refuses, as any navigation does', async () => {
  await putRecord(shell)
  const document = vi.fn<typeof fetch>(
    async () => new Response('<html>/<p>document</p></body></html>', { headers: { 'content-type': 'text/html' } }),
  )
  vi.stubGlobal('fetch', document)
  const { answer, asked, visiting } = beginUnanswered()
  await asked
  notePress()
  const { response } = await visiting
  answer.resolve({ kind: 'refused', reason: 'busy', location: null })
  expect(await response.text()).toBe('<html>/<p>document</p></body></html>')
  expect(document).toHaveBeenCalledOnce()
})

it.each([
  ['of a guarded page', 'gated', false],
  ['of a page whose shell did not fit', 'instant', true],
] as const)('shows nothing %s without the origin’s word, whatever is pressed', async (_what, mode, isUnfit) => {
  await putRecord(shell)
  if (isUnfit) await noteMisfit('/', shell)
  const { answer, asked, visiting } = beginUnanswered({ mode })
  await asked
  notePress()
  answer.resolve({ kind: 'refused', reason: 'busy', location: null })
  const { response } = await visiting
  expect([response.status, await response.text()]).toEqual([503, ''])
  await noteFit('/', shell)
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
