// Proves that each preload is read once, that after a shell only its own rest is shown, and that whatever else a preload brings costs no
// second document.

import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'

import { formatVerdict } from '../../protocol/verdict.ts'
import { DeadlineError, deferred, withinTime } from '../util/async.ts'
import { comingFrom, resumingRecord, workerConfig } from '../util/test-worker.ts'
import { byPreload, keepPreload } from './transport.ts'
import { isOutdated } from '../transport/other-build.ts'
import { resumeRecord } from '../transport/resume.ts'

const config = workerConfig()
const BY_PRELOAD = byPreload(resumeRecord)
const record = resumingRecord('/')
const other = resumingRecord('/', 'build', '<html>other')
const signal = new AbortController().signal
let asked: string[] = []

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (_input: Request | string, init?: RequestInit) => {
    asked.push((init?.method ?? 'GET') + (init?.body ? ' with a body' : ''))
    const headers = { 'content-type': 'text/html', ...(init?.method ? verdictOf(record) : {}) }
    return new Response('asked for', { headers })
  })
})
afterEach(() => vi.unstubAllGlobals())

const verdictOf = ({ digest }: typeof record, current = digest) => ({
  'shell-cache-verdict': formatVerdict({ kind: 'resumed', digest, current, isStale: false }),
})

const refused = (reason: 'busy' | 'unknown') => ({
  'shell-cache-verdict': formatVerdict({ kind: 'refused', reason }),
})
const REFUSED_UNKNOWN = refused('unknown')

/** A navigation that came with this preload. */
function arrive(preloaded: unknown, referrer = 'https://shop.test/from'): Request {
  const request = comingFrom(referrer, new Request('https://shop.test/'))
  keepPreload({ request, preloadResponse: Promise.resolve(preloaded) }, config)
  return request
}

const page = (headers: Record<string, string> = {}, status = 200) =>
  new Response('preloaded', { status, headers: { 'content-type': 'text/html', ...headers } })

async function rest(preloaded: unknown): Promise<string> {
  const answer = await BY_PRELOAD.askForRest(record, arrive(preloaded), signal)
  if (!('body' in answer)) return answer.kind
  const { value } = await answer.body.read()
  return `${answer.kind}: ${new TextDecoder().decode(value)}`
}

it.each<[string, () => unknown, string, string[]]>([
  ['the rest of this shell', () => page(verdictOf(record)), 'resumed: preloaded', []],
  ['the whole document', () => page(), 'document: preloaded', []],
  ['the rest of another shell', () => page(verdictOf(other)), 'resumed: asked for', ['POST']],
  ['a refusal that wants the state', () => page(REFUSED_UNKNOWN, 404), 'resumed: asked for', ['POST with a body']],
  ['another refusal', () => page(refused('busy'), 503), 'refused', []],
  ['a server in trouble', () => page({}, 503), 'unanswered', []],
  ['a page that is not there', () => page({}, 404), 'other', []],
  ['no page', () => page({ 'content-type': 'text/plain' }), 'other', []],
  ['nothing', () => undefined, 'resumed: asked for', ['POST']],
  ['a network that is gone', () => Promise.reject(new Error('gone')), 'unanswered', []],
  ['a network that is gone, in Firefox', () => Response.error(), 'unanswered', []],
])('continues from %s', async (_name, preloaded, expected, requests) => {
  expect(await rest(preloaded())).toBe(expected)
  expect(asked).toEqual(requests)
})

it('makes no request of its own for what another site’s link leads to', async () => {
  const fromElsewhere = (preloaded: unknown): Request => arrive(preloaded, 'https://other.test/')
  for (const preloaded of [page(verdictOf(other)), page(REFUSED_UNKNOWN, 404), undefined]) {
    expect((await BY_PRELOAD.askForRest(record, fromElsewhere(preloaded), signal)).kind).toBe('unanswered')
    expect((await BY_PRELOAD.askForVerdict(record, fromElsewhere(preloaded), signal)).kind).toBe('unanswered')
  }
  expect(asked).toEqual([])
})

it('goes on without a preload that has failed', async () => {
  const failed = (): Request => arrive(Response.error())
  await expect(BY_PRELOAD.askForVerdict(record, failed(), signal)).rejects.toThrow('failed')
  expect((await BY_PRELOAD.sentPage(failed()))?.type).toBe('error')
  expect(asked).toEqual([])
  expect(await (await BY_PRELOAD.fetchPage(failed())).text()).toBe('asked for')
})

it('waits no longer for a preload than for anything else, and reads none that comes later', async () => {
  const record = resumingRecord('/')
  for (const asks of [BY_PRELOAD.askForRest, BY_PRELOAD.askForVerdict]) {
    const late = deferred<Response>()
    const request = new Request('https://shop.test/')
    keepPreload({ request, preloadResponse: late.promise }, config)
    await expect(withinTime(signal, 10, (within) => asks(record, request, within))).rejects.toThrow(DeadlineError)
    const cancelled = vi.fn<() => void>()
    late.resolve(new Response(new ReadableStream({ cancel: cancelled }), { headers: verdictOf(record) }))
    await expect.poll(() => cancelled.mock.calls.length).toBe(1)
    expect(await (await BY_PRELOAD.fetchPage(request)).text()).toBe('asked for')
  }
})

it('shows the network’s page from the preload if that is whole, and never the rest of one', async () => {
  expect(await (await BY_PRELOAD.fetchPage(arrive(page()))).text()).toBe('preloaded')
  expect(await (await BY_PRELOAD.fetchPage(arrive(page(verdictOf(record))))).text()).toBe('asked for')
  expect(asked).toEqual(['GET'])
})

it('leaves a whole page that a guard let through to anyone who shows it', async () => {
  const request = arrive(page())
  expect(await BY_PRELOAD.askForVerdict(record, request, signal)).toMatchObject({ kind: 'refused', reason: 'unknown' })
  expect(await (await BY_PRELOAD.fetchPage(request)).text()).toBe('preloaded')
  expect((await BY_PRELOAD.askForVerdict(record, arrive(page(verdictOf(record))), signal)).kind).toBe('resumed')
  expect(asked).toEqual([])
})

it('brings the state of a guarded page if the origin wants it', async () => {
  const answer = await BY_PRELOAD.askForVerdict(record, arrive(page(REFUSED_UNKNOWN, 404)), signal)
  expect([answer.kind, ...asked]).toEqual(['resumed', 'POST with a body'])
})

it.each([
  [307, 'route'],
  [403, 'route'],
  [503, 'failed'],
])('takes a guard’s own answer with status %i for what it says of the record', async (status, reason) => {
  const answer = await BY_PRELOAD.askForVerdict(record, arrive(page({}, status)), signal)
  expect(answer).toEqual({ kind: 'refused', reason, location: null })
})

it('lets the store take its time if the preload is of no use without it', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const resolved = vi.fn<() => void>()
  await BY_PRELOAD.untilPage?.(arrive(page()))
  await BY_PRELOAD.untilPage?.(arrive(undefined))
  void BY_PRELOAD.untilPage?.(arrive(page(verdictOf(record)))).then(resolved)
  await vi.advanceTimersByTimeAsync(400)
  expect(resolved).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(200)
  expect(resolved).toHaveBeenCalled()
})

it('hands out once the page that a preload has brought', async () => {
  const request = arrive(page())
  expect(await (await BY_PRELOAD.sentPage(request))?.text()).toBe('preloaded')
  expect(await BY_PRELOAD.sentPage(request)).toBeUndefined()
  expect(await BY_PRELOAD.sentPage(arrive(undefined))).toBeUndefined()
})

it.each<[string, () => unknown, string | undefined]>([
  ['the whole document', () => page(), 'preloaded'],
  ['no preload', () => undefined, undefined],
  ['the rest of a shell', () => page(verdictOf(record)), undefined],
  ['a refusal', () => page(refused('busy'), 503), undefined],
])('gives others who answer in this worker whole pages alone: %s', async (_name, preloaded, seen) => {
  const event = { request: new Request('https://shop.test/'), preloadResponse: Promise.resolve(preloaded()) }
  keepPreload(event, config)
  const response: unknown = await event.preloadResponse
  expect(response instanceof Response ? await response.text() : response).toBe(seen)
})

it('hears which build has sent the page, before anyone reads it', async () => {
  const request = arrive(page({ 'shell-cache-build': 'other' }))
  expect(await BY_PRELOAD.askForRest(record, request, signal)).toMatchObject({ kind: 'document' })
  expect(isOutdated(config)).toBe(true)
})

it('tells others of a network that is gone as the browser would', async () => {
  const event = { request: new Request('https://shop.test/'), preloadResponse: Promise.reject(new TypeError('gone')) }
  keepPreload(event, config)
  await expect(event.preloadResponse).rejects.toThrow('gone')
})
