// Proves from which of the network's documents a shell is learned if the origin has no handler of ours, where the shell ends, and what
// becomes of a page from which nothing can be learned.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { deferred } from '../util/async.ts'
import { markInvalidated, readMarks } from '../store/marks.ts'
import { deleteAllRecords, type Found, putRecord, readRecord } from '../store/records.ts'
import { reading } from '../store/transaction.ts'
import { isNotedUnfit } from '../store/unfit-paths.ts'
import { resumingRecord, staticRecord, workerConfig } from '../util/test-worker.ts'
import { learnsShells } from './learn-shell.ts'

const config = workerConfig({ transport: 'prefix' })
const learning = learnsShells(config) ?? expect.fail('nothing is learned')
const network = vi.fn<(request: Request) => Promise<Response>>()
const holes: StoredRecord = { ...resumingRecord('/p/a'), bootScript: ' src="/start.js"', receivedAt: 1, asOf: 1000 }
const ofRoute: StoredRecord = { ...resumingRecord('/p/[slug]'), receivedAt: 1, asOf: 1000 }
const whole: StoredRecord = { ...staticRecord('/p/a'), receivedAt: 1, asOf: 1000 }
const SHELL = '<html><h1>käse</h1>'
const DATA = '<script>(self.__next_f=self.__next_f||[]).push([0])</script>'
const START = '<script>(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({})</script>'
const HOLES = { 'content-type': 'text/html', 'x-nextjs-postponed': '1' }
const WHOLE = { 'content-type': 'text/html', 'x-nextjs-prerender': '1' }

beforeEach(async () => {
  vi.stubGlobal('fetch', (input: string, init?: RequestInit) => network(new Request(input, init)))
  network.mockReset()
  await deleteAllRecords()
})
afterEach(() => vi.unstubAllGlobals())

/** A document with holes: everything after the shell is for one visitor. */
function documentOf(shell: string, headers: Record<string, string> = HOLES): Response {
  return new Response(`${shell}${START}${DATA}<p>for ${Math.random()}</p></body></html>`, { headers })
}

type Place = { readonly query?: string; readonly mode?: 'instant' | 'gated'; readonly isHeld?: boolean }

function learn(known: StoredRecord, page: Response, { query = '', mode = 'instant' }: Place = {}): Promise<void> {
  const url = new URL(`https://shop.test/p/a${query}`)
  return learning.begin(known, { url, keys: ['/p/a', '/p/[slug]'], mode }, config)(page)
}

/** What is stored for the page after a visit. @param strangers - The response to a request without cookies. */
async function stored(known: StoredRecord, page: Response, strangers?: Response, place: Place = {}): Promise<Found> {
  await putRecord(known)
  if (place.isHeld) await learning.hold(known, known.key)
  if (strangers) network.mockResolvedValueOnce(strangers)
  await learn(known, page, place)
  return (await readRecord('build', ['/p/a', '/p/[slug]'])) ?? expect.fail('nothing is stored')
}

const textOf = ({ record }: Found): string => new TextDecoder().decode(record.shell)

it('learns what both documents of a page with holes begin with, and asks as a stranger for the page alone', async () => {
  const found = await stored(holes, documentOf(SHELL), documentOf(SHELL), { query: '?code=once' })
  expect([textOf(found), found.isInvalidated]).toEqual([SHELL, false])
  expect(network.mock.calls[0]?.[0]).toMatchObject({
    url: 'https://shop.test/p/a',
    method: 'GET',
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
  })
  expect(network).toHaveBeenCalledOnce()
})

it('keeps nothing with it that resumes or starts another shell', async () => {
  const { record } = await stored(holes, documentOf(SHELL), documentOf(SHELL))
  expect(record).toMatchObject({
    key: '/p/a',
    digest: record.shellHash,
    bootScript: undefined,
    state: new Uint8Array(0),
  })
})

it('learns a path’s own shell in place of its route’s, which stays for the others', async () => {
  expect(textOf(await stored(ofRoute, documentOf(SHELL), documentOf(SHELL)))).toBe(SHELL)
  expect((await readRecord('build', ['/p/[slug]']))?.record.digest).toBe(ofRoute.digest)
})

it.each([1, 12, 20, 40])('finds an end that two pieces share, %i bytes into it', async (into) => {
  const bytes = new TextEncoder().encode(SHELL + DATA)
  const at = new TextEncoder().encode(SHELL).length + into
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of [bytes.slice(0, at), bytes.slice(at)]) controller.enqueue(piece)
      controller.close()
    },
  })
  expect(textOf(await stored(holes, new Response(body, { headers: HOLES }), documentOf(SHELL)))).toBe(SHELL)
})

it.each([
  ['takes a page without holes whole', whole, '<html>new</html>', '', WHOLE],
  ['ends a shell before the page’s data where no script stands before it', holes, SHELL, DATA, HOLES],
])('%s', async (_does, known, shell, rest, headers) => {
  const page = (): Response => new Response(shell + rest, { headers })
  expect(textOf(await stored(known, page(), page()))).toBe(shell)
})

it.each<[string, StoredRecord, Response, Response | undefined]>([
  ['was rendered for its request', holes, documentOf(SHELL, { 'content-type': 'text/html' }), undefined],
  ['was rendered for the stranger', holes, documentOf(SHELL), documentOf(SHELL, { 'content-type': 'text/html' })],
  ['says that it varies by cookie', holes, documentOf(SHELL, { ...HOLES, vary: 'rsc, Cookie' }), undefined],
  ['says that it varies for strangers', holes, documentOf(SHELL), documentOf(SHELL, { ...HOLES, vary: '*' })],
  ['has no mark', holes, new Response(`${SHELL}</html>`, { headers: HOLES }), undefined],
  ['is no page', holes, documentOf(SHELL, { ...HOLES, 'content-type': 'text/x-component' }), undefined],
  ['has lost its holes', holes, documentOf(SHELL, WHOLE), undefined],
  ['has got holes', whole, documentOf(SHELL, { ...WHOLE, ...HOLES }), undefined],
  ['stands behind a login', holes, documentOf(SHELL), new Response('log in', { status: 401, headers: HOLES })],
  ['redirects strangers', holes, documentOf(SHELL), Response.redirect('https://shop.test/login')],
])('learns nothing from a document that %s, and tries no more', async (_what, known, page, strangers) => {
  await putRecord(known)
  if (strangers) network.mockResolvedValueOnce(strangers)
  await learn(known, page)
  expect(await readRecord('build', ['/p/a'])).toBeUndefined()
  expect(network).toHaveBeenCalledTimes(strangers ? 1 : 0)
})

it('keeps a route’s shell for the other paths where nothing can be learned of one, and asks no more about that', async () => {
  const { record } = await stored(ofRoute, documentOf(SHELL, { 'content-type': 'text/html' }))
  expect([record.digest, isNotedUnfit('/p/a', record), isNotedUnfit('/p/b', record)]).toEqual([
    ofRoute.digest,
    true,
    false,
  ])
  await learn(record, documentOf(SHELL))
  expect(network).not.toHaveBeenCalled()
})

it('asks no one with Save-Data', async () => {
  vi.stubGlobal('navigator', { connection: { saveData: true } })
  await putRecord(holes)
  await learn(holes, documentOf(SHELL))
  expect(await readRecord('build', ['/p/a'])).toBeUndefined()
  expect(network).not.toHaveBeenCalled()
})

it.each([
  ['counts a page of which nothing can be learned as one that its host breaks', WHOLE, 8],
  ['counts none that is learned', HOLES, undefined],
])('%s', async (_what, headers, alarm) => {
  await stored(ofRoute, documentOf(SHELL, headers), documentOf(SHELL))
  expect((await reading(readMarks)).alarm).toBe(alarm)
})

it.each([
  ['without cookies', () => '<html>of ada', () => SHELL],
  ['from answer to answer', () => `<html>${Math.random()}`, () => `<html>${Math.random()}`],
])('learns nothing from a document that differs %s, and tries once more', async (_how, sent, strangers) => {
  const first = await stored(holes, documentOf(sent()), documentOf(strangers()), { isHeld: true })
  expect([first.record.digest, first.isInvalidated]).toEqual([holes.digest, true])
  network.mockResolvedValueOnce(documentOf(strangers()))
  await learn(first.record, documentOf(sent()))
  expect(await readRecord('build', ['/p/a'])).toBeUndefined()
})

it('tries once more for each change: in between the page began with its shell', async () => {
  const first = await stored(holes, documentOf('<html>1'), documentOf('<html>2'))
  await learn(first.record, documentOf('<html>/p/a'))
  const renewed = (await readRecord('build', ['/p/a'])) ?? expect.fail('nothing is stored')
  network.mockResolvedValueOnce(documentOf('<html>3'))
  await learn(renewed.record, documentOf('<html>4'))
  expect((await readRecord('build', ['/p/a']))?.isInvalidated).toBe(true)
})

it.each<[string, () => void]>([
  ['of a server in trouble', () => network.mockResolvedValueOnce(new Response('busy', { status: 503 }))],
  ['of a server that is asked too often', () => network.mockResolvedValueOnce(new Response('wait', { status: 429 }))],
  ['of a network that is gone', () => network.mockRejectedValueOnce(new TypeError('no network'))],
])('leaves it to the next visit where nothing came %s', async (_why, given) => {
  given()
  const found = await stored(holes, documentOf(SHELL), undefined, { isHeld: true })
  expect(found.isInvalidated).toBe(true)
  network.mockResolvedValueOnce(documentOf(SHELL))
  await learn(found.record, documentOf(SHELL))
  expect((await readRecord('build', ['/p/a']))?.record.digest).not.toBe(holes.digest)
})

it('asks no one if the page begins with the stored shell, and shows that again', async () => {
  const found = await stored(holes, documentOf('<html>/p/a'), undefined, { isHeld: true })
  expect([found.record.digest, found.isInvalidated]).toEqual([holes.digest, false])
  expect(network).not.toHaveBeenCalled()
})

it('is as of the moment before the page was asked for: what changes meanwhile invalidates it', async () => {
  await putRecord(whole)
  const place = { url: new URL('https://shop.test/p/a'), keys: ['/p/a'], mode: 'instant' } as const
  const learn = learning.begin(whole, place, config)
  await markInvalidated('everything')
  await learn(new Response('<html>/p/a</body></html>', { headers: WHOLE }))
  expect((await readRecord('build', ['/p/a']))?.isInvalidated).toBe(true)
})

it('keeps a page without holes that has not changed, whatever the host does with its headers, and writes nothing', async () => {
  const shown: StoredRecord = { ...whole, receivedAt: Date.now() - 1000 }
  const { record } = await stored(shown, new Response('<html>/p/a</body></html>', { headers: { vary: 'cookie' } }))
  expect([record.digest, record.receivedAt]).toEqual([whole.digest, shown.receivedAt])
  expect(network).not.toHaveBeenCalled()
})

it('is received anew with each look at the page, a minute apart: it is not past its revalidation then', async () => {
  const { record } = await stored(whole, new Response('<html>/p/a</body></html>', { headers: WHOLE }))
  expect(Date.now() - record.receivedAt).toBeLessThan(60_000)
})

it('asks once for two visits at the same time', async () => {
  await putRecord(holes)
  const answer = deferred<Response>()
  network.mockReturnValue(answer.promise)
  const both = [learn(holes, documentOf(SHELL)), learn(holes, documentOf(SHELL))]
  answer.resolve(documentOf(SHELL))
  await Promise.all(both)
  expect(network).toHaveBeenCalledOnce()
})

it('learns nothing of a guarded page', async () => {
  expect((await stored(holes, documentOf(SHELL), undefined, { mode: 'gated' })).record.digest).toBe(holes.digest)
  expect(network).not.toHaveBeenCalled()
})

it.each([
  ['forgets a page that is gone', 404, undefined],
  ['keeps one of a server in trouble', 503, whole.digest],
])('%s', async (_does, status, left) => {
  await putRecord(whole)
  await learn(whole, new Response('no', { status }))
  expect((await readRecord('build', ['/p/a']))?.record.digest).toBe(left)
  expect((await reading(readMarks)).alarm).toBeUndefined()
})

it('holds a shell back that does not fit, but not that of a whole route', async () => {
  await putRecord(holes)
  await putRecord(ofRoute)
  await learning.hold(holes, '/p/a')
  await learning.hold(ofRoute, '/p/b')
  expect((await readRecord('build', ['/p/a']))?.isInvalidated).toBe(true)
  expect((await readRecord('build', ['/p/[slug]']))?.isInvalidated).toBe(false)
})

it('learns where nothing of ours answers, and nowhere else', () => {
  for (const transport of ['auto', 'next-resume'] as const) expect(learnsShells({ transport })).toBeUndefined()
})
