// Proves that a reload that a tail asked for is recognised once, and not forever; and that only this reload gets the page that is kept for
// it, once and unchanged.

import fc from 'fast-check'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'

import { deferred } from '../util/async.ts'
import { PLAIN } from '../transport/plain.ts'
import type { Rest } from '../transport/rest.ts'
import { answeredBy, dropPages, expectReload, isExpectedReload, type Kept, pageForReload, unread } from './reloads.ts'
import { splice } from './splice.ts'

afterEach(() => vi.restoreAllMocks())

it('knows the next visit to a URL for the reload, and the one after it for a visit', () => {
  expectReload('https://shop.test/a')
  expect(isExpectedReload('https://shop.test/b')).toBe(false)
  expect(isExpectedReload('https://shop.test/a')).toBe(true)
  expect(isExpectedReload('https://shop.test/a')).toBe(false)
})

it('expects no reload that did not come', () => {
  const now = performance.now()
  const clock = vi.spyOn(performance, 'now').mockReturnValue(now)
  expectReload('https://shop.test/a')
  clock.mockReturnValue(now + 30_001)
  expect(isExpectedReload('https://shop.test/a')).toBe(false)
})

it('expects reloads of several pages, each for its own half minute', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(100_000)
  expectReload('https://shop.test/a')
  expectReload('https://shop.test/b')
  clock.mockReturnValue(130_000)
  expectReload('https://shop.test/c')
  expect(isExpectedReload('https://shop.test/a')).toBe(true)
  expect(isExpectedReload('https://shop.test/b')).toBe(true)
  expect(isExpectedReload('https://shop.test/c')).toBe(true)
})

const URL = 'https://shop.test/a'

/** A page that is kept for the reload of a URL. `cancelled` says how often it was dropped. */
function keep(url = URL): { readonly kept: Kept; readonly cancelled: () => number } {
  const cancel = vi.fn<() => void>()
  const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('page')), cancel })
  const kept: Kept = { page: new Response(body), ended: Promise.resolve() }
  expectReload(url, kept)
  return { kept, cancelled: () => cancel.mock.calls.length }
}

it('gives a page to the reload that it is kept for, once', () => {
  const { kept, cancelled } = keep()
  expect(pageForReload('https://shop.test/b', true)).toBeUndefined()
  expect(pageForReload(URL, true)).toBe(kept)
  expect(pageForReload(URL, true)).toBeUndefined()
  expect(cancelled()).toBe(0)
})

it.each<[string, () => unknown]>([
  ['a visit to its URL that is no reload', () => expect(pageForReload(URL, false)).toBeUndefined()],
  ['something that may change who the visitor is', dropPages],
  ['another page in its place', () => keep()],
  ['five seconds', () => vi.advanceTimersByTime(5000)],
])('lets a page go after %s', (_name, happens) => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { kept, cancelled } = keep()
  happens()
  expect(cancelled()).toBe(1)
  expect(pageForReload(URL, true)).not.toBe(kept)
})

it('answers a reload without the network, and reads no preload that came with it', async () => {
  const cancel = vi.fn<() => void>()
  const sentPage = async (): Promise<Response> => new Response(new ReadableStream({ cancel }))
  const fetchPage = vi.fn<typeof PLAIN.fetchPage>()
  const { kept } = keep()
  const response = await answeredBy(kept, { ...PLAIN, sentPage, fetchPage }).fetchPage(new Request(URL))
  expect(response).toBe(kept.page)
  expect(fetchPage).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce())
})

it('closes a page whose connection breaks, and lets the worker end', async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new TypeError('network')) })
  const { page, ended } = unread(new Response(), [Buffer.from('<html>')], broken.getReader())
  expect(await page.text()).toBe('<html>')
  await ended
})

it('stops the server if the reload is left', async () => {
  const stopped = deferred<void>()
  const body = new ReadableStream<Uint8Array>({ cancel: () => stopped.resolve() })
  const { page, ended } = unread(new Response(), [], body.getReader())
  await page.body?.cancel()
  await expect(Promise.all([ended, stopped.promise])).resolves.toBeDefined()
})

it('keeps a document that differs in any byte of the shell, as it came', async () => {
  const [bytes, sizes] = [fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.array(fc.nat({ max: 30 }))]
  await fc.assert(
    fc.asyncProperty(bytes, bytes, fc.nat(), sizes, async (shell, rest, where, at) => {
      const document = Uint8Array.from([...shell, ...rest])
      const index = where % shell.length
      document[index] = (document[index] ?? 0) ^ 1
      const edges = [0, ...at, document.length].toSorted((one, other) => one - other)
      const chunks = edges.slice(1).map((edge, number) => document.slice(edges[number], edge))
      const kept: Kept[] = []
      const { stream } = splice(shell, Promise.resolve(asDocument(chunks)), {
        abandon: () => {},
        canReload: async () => true,
        beforeReload: async (_ending, page) => void (page && kept.push(page)),
        offlineTail: undefined,
        idle: 1000,
      })
      await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()
      const reloads = kept.map(async ({ page, ended }) => {
        const text = Buffer.from(await page.arrayBuffer()).toString('hex')
        await ended
        return [page.status, [...page.headers], text]
      })
      expect(await Promise.all(reloads)).toEqual([
        [203, [['x-of', 'the document']], Buffer.from(document).toString('hex')],
      ])
    }),
  )
})

function asDocument(chunks: readonly Uint8Array[]): Rest {
  const queue = [...chunks]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = queue.shift()
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
  }).getReader()
  return {
    kind: 'document',
    body,
    page: new Response(null, { status: 203, headers: { 'x-of': 'the document', 'content-encoding': 'gzip' } }),
  }
}
