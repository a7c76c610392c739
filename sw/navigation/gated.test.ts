// Proves what is shown of a guarded page: its record only after the origin's verdict for this visit, with the headers that came
// with it; otherwise the network's response, whatever it is. That a browser follows it is shown by e2e (gated.spec.ts).

import 'fake-indexeddb/auto'

import { beforeEach, expect, it, vi } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { REFUSALS } from '../../protocol/verdict.ts'
import { countRecords, deleteAllRecords, putRecord } from '../store/records.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import type { Network } from '../transport/plain.ts'
import type { ResumeAnswer } from '../transport/resume.ts'
import type { FoundRecord } from './find-record.ts'
import { navigateGated } from './gated.ts'

const URL_ASKED = 'https://shop.test/account/orders'
const received = { receivedAt: Date.now(), asOf: 1000 }
const shell: StoredRecord = { ...resumingRecord('/account/orders'), ...received }
const whole: StoredRecord = { ...staticRecord('/account/orders'), ...received }

beforeEach(() => deleteAllRecords())

type Answer = Network['askForVerdict']
type Visit = { readonly found: FoundRecord; readonly answer?: Answer; readonly page?: Response | 'fails' }

/** What a visit got and what it asked for, after all of its background work has ended. */
async function visit({ found, answer = async () => ({ kind: 'unanswered' }), page }: Visit) {
  const [askForVerdict, update] = [vi.fn<Answer>(answer), vi.fn<() => Promise<boolean>>(async () => true)]
  const fetchPage = vi.fn<Network['fetchPage']>(async () => {
    if (page === 'fails') throw new TypeError('no network')
    return page ?? new Response('network')
  })
  const background: Promise<unknown>[] = []
  const request = new Request(URL_ASKED)
  const waitUntil = (work: Promise<unknown>): void => void background.push(work)
  const event = { request, resultingClientId: '', waitUntil } as unknown as FetchEvent
  const navigation = { url: new URL(URL_ASKED), keys: [shell.key], mode: 'gated', isRepeat: false } as const
  const network = { askForVerdict, fetchPage } as unknown as Network
  const config = workerConfig({ timeouts: { store: 1000, offline: 1000, response: 200, idle: 1000 } })
  const means = { config, update, network, copies: undefined, waits: { store: 1 } }
  const response = await navigateGated(event, navigation, found, means)
  const [text, { status, headers }] = [await response.text(), response]
  await Promise.all(background)
  const timing = headers.get('server-timing') ?? ''
  return { status, headers, timing, text, updates: update.mock.calls.length, askForVerdict, fetchPage }
}

const usable = (record: StoredRecord): FoundRecord => ({ kind: 'usable', record })
const REST = '<p>rest</p></body></html>'

function resumed(hasNewer = false): ResumeAnswer {
  const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    controller.enqueue(toUtf8(REST))
    controller.close()
  }
  const body = new ReadableStream<Uint8Array>({ start }).getReader()
  const headers = new Headers({ 'content-type': 'text/html', 'x-visitor': 'ada' })
  return { kind: 'resumed', body, headers, hasNewer }
}

const refused = (reason: (typeof REFUSALS)[number], location: string | null = null): ResumeAnswer => ({
  kind: 'refused',
  reason,
  location,
})

/** An answer that cannot be shown because it was already read. */
function brokenAnswer(): ResumeAnswer {
  const answer = resumed()
  return Object.defineProperty(answer, 'headers', {
    get() {
      throw new TypeError('read already')
    },
  })
}

it('shows the shell and its rest with the headers of the verdict', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(100)
  const answer = async (): Promise<ResumeAnswer> => {
    clock.mockReturnValue(107)
    return resumed()
  }
  const { status, headers, timing, text, fetchPage } = await visit({ found: usable(shell), answer })
  expect([status, text]).toEqual([200, `<html>/account/orders${REST}`])
  expect(headers.get('x-visitor')).toBe('ada')
  expect(timing).toMatch(/^shell;desc="gated", shell-age;desc="\d+", shell-store;dur=1\.0, shell-verdict;dur=7\.0$/)
  expect(fetchPage).not.toHaveBeenCalled()
})

it('shows a whole document once the origin has said so, and reads nothing more', async () => {
  const cancelled = vi.fn<() => void>()
  const open = (): ResumeAnswer => {
    const body = new ReadableStream<Uint8Array>({ cancel: cancelled }).getReader()
    return { kind: 'resumed', body, headers: new Headers({ 'x-visitor': 'ada' }), hasNewer: false }
  }
  const { headers, timing, text } = await visit({ found: usable(whole), answer: async () => open() })
  expect(text).toBe('<html>/account/orders</body></html>')
  expect(headers.get('x-visitor')).toBe('ada')
  expect(timing).toContain('desc="gated"')
  expect(timing).toContain('shell-verdict')
  expect(cancelled).toHaveBeenCalledOnce()
})

it.each([
  ['shell', shell],
  ['document', whole],
])('asks for a newer %s if the origin has one, and only there', async (_name, record) => {
  for (const hasNewer of [true, false]) {
    const { updates } = await visit({ found: usable(record), answer: async () => resumed(hasNewer) })
    expect(updates).toBe(hasNewer ? 1 : 0)
  }
})

it.each<FoundRecord>([{ kind: 'invalidated', record: shell }, { kind: 'expired', record: shell }, { kind: 'none' }])(
  'asks no one about a record that is $kind, and gets one behind the network’s page',
  async (found) => {
    const { askForVerdict, text, updates } = await visit({ found, answer: async () => resumed() })
    expect(askForVerdict).not.toHaveBeenCalled()
    expect([text, updates]).toEqual(['network', 1])
  },
)

it.each(REFUSALS)(
  'shows the network’s page after a refusal for %s, and deletes only what is of no use',
  async (reason) => {
    await putRecord(shell)
    const { text, updates } = await visit({ found: usable(shell), answer: async () => refused(reason) })
    expect([text, updates]).toEqual(['network', 1])
    expect(await countRecords('build')).toBe(['route', 'seal'].includes(reason) ? 0 : 1)
  },
)

it('sends the visitor where the guard sends them, seen from the page', async () => {
  const { status, headers, fetchPage } = await visit({
    found: usable(shell),
    answer: async () => refused('route', '../login?next=1'),
  })
  expect([status, headers.get('location')]).toEqual([307, 'https://shop.test/login?next=1'])
  expect(fetchPage).not.toHaveBeenCalled()
})

it.each<[string, Answer, boolean]>([
  ['fails', () => Promise.reject(new TypeError('no network')), false],
  ['does not come in time', () => new Promise(() => {}), true],
])('shows the network’s page if the verdict %s, and asks no longer', async (_name, answer, isAborted) => {
  const { text, updates, askForVerdict } = await visit({ found: usable(shell), answer })
  expect([text, updates]).toEqual(['network', 1])
  const [record, request, signal] = askForVerdict.mock.calls[0] ?? []
  expect([record, request?.url]).toEqual([shell, URL_ASKED])
  expect(signal?.aborted).toBe(isAborted)
})

it.each<[string, ResumeAnswer]>([
  ['is sent to no address', refused('route', 'http://')],
  ['would be shown what has been read already', brokenAnswer()],
])('shows the network’s page to a visitor who %s', async (_name, answer) => {
  expect((await visit({ found: usable(whole), answer: async () => answer })).text).toBe('network')
})

it('shows the offline page if the network fails, and nowhere else', async () => {
  const { status, text } = await visit({ found: { kind: 'none' }, page: 'fails' })
  expect([status, text]).toEqual([503, '<h1>offline</h1>'])
})

it('asks for no record behind a page that is none, or of an origin that is not ours', async () => {
  const missing = { found: { kind: 'none' }, page: new Response('gone', { status: 404 }) } as const
  expect(await visit(missing)).toMatchObject({ status: 404, text: 'gone', updates: 0 })
  const foreign = await visit({ found: usable(shell), answer: async () => ({ kind: 'unanswered' }) })
  expect([foreign.text, foreign.updates]).toEqual(['network', 0])
})

it.each([
  ['lets the visitor through', 200, 1],
  ['turns the visitor away', 403, 0],
  ['fails', 500, 1],
])('keeps a record that the origin was not asked about unless the network’s answer %s', async (_name, status, kept) => {
  await putRecord(shell)
  await visit({ found: usable(shell), page: new Response('network', { status }) })
  expect(await countRecords('build')).toBe(kept)
})
