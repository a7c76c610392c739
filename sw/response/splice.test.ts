// Proves the bytes of an assembled response for any chunking, any cut and any difference of the prefix: shell ++ rest of one
// record, or the network's bytes, or either with the recovery tail; and that the stream always closes. What a browser's
// parser does with those bytes is shown by e2e.

import fc from 'fast-check'
import { expect, it, vi } from 'vitest'

import type { Ending } from '../../protocol/page/messages.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { deferred } from '../util/async.ts'
import type { ByteSource, Rest } from '../transport/rest.ts'
import { splice, type SpliceSteps } from './splice.ts'
import { DOCUMENT_END, EARLY_TAIL, RECOVERY_TAIL, SHELL_TAIL } from './tails.ts'

const shells = fc.uint8Array({ minLength: 1, maxLength: 60 })
const endings = fc.uint8Array({ maxLength: 60 }).map((bytes) => concat(bytes, DOCUMENT_END))
/** Where a byte string is cut into chunks; empty chunks included. */
const cuts = fc.array(fc.nat({ max: 130 }), { maxLength: 8 })
const STEPS: SpliceSteps = {
  abandon: () => {},
  canReload: () => Promise.resolve(true),
  beforeReload: async () => {},
  offlineTail: undefined,
  idle: 1000,
}

it('sends the shell and then the resumed bytes, whatever the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(shells, endings, cuts, async (shell, rest, at) => {
      const { bytes, ending } = await read(shell, {
        kind: 'resumed',
        body: sourceOf(chunked(rest, at)),
        hasNewer: false,
      })
      expect(bytes).toEqual(concat(shell, rest))
      expect(ending).toBe('complete')
    }),
  )
})

it('sends the network document once when it begins with the shell', async () => {
  await fc.assert(
    fc.asyncProperty(shells, endings, cuts, async (shell, rest, at) => {
      const document = concat(shell, rest)
      const { bytes, ending } = await read(shell, { kind: 'document', body: sourceOf(chunked(document, at)) })
      expect(bytes).toEqual(document)
      expect(ending).toBe('complete')
    }),
  )
})

it('sends nothing of a document that differs in any byte of the shell', async () => {
  await fc.assert(
    fc.asyncProperty(shells, endings, cuts, fc.nat(), async (shell, rest, at, where) => {
      const document = concat(shell, rest)
      const index = where % shell.length
      document[index] = (document[index] ?? 0) ^ 1
      const { bytes, ending } = await read(shell, { kind: 'document', body: sourceOf(chunked(document, at)) })
      expect(bytes).toEqual(concat(shell, SHELL_TAIL))
      expect(ending).toBe('outdated')
    }),
  )
})

it('recovers from a rest that breaks or ends early at any byte', async () => {
  await fc.assert(
    fc.asyncProperty(shells, endings, cuts, fc.nat(), fc.boolean(), async (shell, rest, at, where, breaks) => {
      // A connection that breaks after the last byte has still broken.
      const sent = rest.slice(0, where % (rest.length + (breaks ? 1 : 0)))
      const body = sourceOf(chunked(sent, at), breaks ? new TypeError('network error') : undefined)
      const { bytes, ending } = await read(shell, { kind: 'resumed', body, hasNewer: false })
      expect(bytes).toEqual(concat(shell, sent, sent.length > 0 ? RECOVERY_TAIL : SHELL_TAIL))
      expect(ending).toBe('recovery')
    }),
  )
})

it('keeps what was sent if a reload would find nothing', async () => {
  const stay: SpliceSteps = { ...STEPS, canReload: () => Promise.resolve(false) }
  for (const error of [undefined, new TypeError('network error')]) {
    const body = sourceOf([toUtf8('<p>half')], error)
    const { bytes, ending } = await read(toUtf8('<html>'), { kind: 'resumed', body, hasNewer: false }, stay)
    expect(bytes).toEqual(toUtf8('<html><p>half'))
    expect(ending).toBe('stranded')
  }
})

it('recovers from a document of another build, no matter who answers', async () => {
  const stay: SpliceSteps = { ...STEPS, canReload: () => Promise.resolve(false) }
  const { ending } = await read(toUtf8('<html>'), { kind: 'document', body: sourceOf([toUtf8('<other>')]) }, stay)
  expect(ending).toBe('outdated')
})

it('recovers from a document that ends within the shell', async () => {
  const { bytes, ending } = await read(toUtf8('<html>'), { kind: 'document', body: sourceOf([toUtf8('<ht')]) })
  expect(bytes).toEqual(concat(toUtf8('<html>'), SHELL_TAIL))
  expect(ending).toBe('recovery')
})

it('keeps React from giving up a shell that starts it, until the reload', async () => {
  const { bytes } = await read(toUtf8('<html>'), { kind: 'other' }, { ...STEPS, startsItself: true })
  expect(bytes).toEqual(concat(toUtf8('<html>'), EARLY_TAIL))
})

it('recovers if the network answered with something else', async () => {
  const { bytes, ending } = await read(toUtf8('<html>'), { kind: 'other' })
  expect(bytes).toEqual(concat(toUtf8('<html>'), SHELL_TAIL))
  expect(ending).toBe('recovery')
})

it('closes after the shell if the network does not answer', async () => {
  const { bytes, ending } = await read(toUtf8('<html>'), { kind: 'unreachable' })
  expect(bytes).toEqual(toUtf8('<html>'))
  expect(ending).toBe('stranded')
})

it('ends a shell that starts by itself with what starts it, and only if nothing of its rest was sent', async () => {
  const starting: SpliceSteps = { ...STEPS, canReload: () => Promise.resolve(false), offlineTail: toUtf8('<script>') }
  const alone = await read(toUtf8('<html>'), { kind: 'unreachable' }, starting)
  expect(alone).toEqual({ bytes: toUtf8('<html><script>'), ending: 'offline' })
  const body = sourceOf([toUtf8('<p>half')])
  const broken = await read(toUtf8('<html>'), { kind: 'resumed', body, hasNewer: false }, starting)
  expect(broken).toEqual({ bytes: toUtf8('<html><p>half'), ending: 'stranded' })
})

it('takes a rest that has fallen silent for one that broke off', async () => {
  const source = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(toUtf8('<p>half')) })
  const rest: Rest = { kind: 'resumed', body: source.getReader(), hasNewer: false }
  const { bytes, ending } = await read(toUtf8('<html>'), rest, { ...STEPS, idle: 5 })
  expect(bytes).toEqual(concat(toUtf8('<html><p>half'), RECOVERY_TAIL))
  expect(ending).toBe('recovery')
})

it('counts no silence while the page itself is slow to read', async () => {
  const body = sourceOf([toUtf8('<p>'), DOCUMENT_END])
  const { stream, ended } = splice(toUtf8('<html>'), Promise.resolve({ kind: 'resumed', body, hasNewer: false }), {
    ...STEPS,
    idle: 5,
  })
  const reader = stream.getReader()
  await reader.read()
  const { promise, resolve } = deferred<void>()
  setTimeout(resolve, 30)
  await promise
  while (!(await reader.read()).done);
  expect(await ended).toBe('complete')
})

it('sends the shell before the rest has answered', async () => {
  const never = new Promise<Rest>(() => {})
  const reader = splice(toUtf8('<html>'), never, STEPS).stream.getReader()
  expect((await reader.read()).value).toEqual(toUtf8('<html>'))
})

it('abandons the rest when no one reads on, before it answered', async () => {
  const rest = deferred<Rest>()
  const { stream, ended } = splice(toUtf8('<html>'), rest.promise, {
    ...STEPS,
    abandon: () => rest.resolve({ kind: 'unreachable' }),
  })
  const reader = stream.getReader()
  await reader.read()
  await reader.cancel()
  expect(await ended).toBe('abandoned')
})

it('cancels the source when no one reads on, after it answered', async () => {
  const cancelled = deferred<string>()
  const source = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(toUtf8('x')),
    cancel: () => cancelled.resolve('cancelled'),
  })
  const rest: Rest = { kind: 'resumed', body: source.getReader(), hasNewer: false }
  const reader = splice(toUtf8('<html>'), Promise.resolve(rest), STEPS).stream.getReader()
  await reader.read()
  await reader.read()
  await reader.cancel()
  expect(await cancelled.promise).toBe('cancelled')
})

it('cancels a source that is of no use, and closes even if it never lets itself be cancelled', async () => {
  const cancel = vi.fn<() => Promise<void>>(() => new Promise(() => {}))
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(toUtf8('<other>')),
    cancel,
  })
  const { bytes, ending } = await read(toUtf8('<html>'), { kind: 'document', body: source.getReader() })
  expect(bytes).toEqual(concat(toUtf8('<html>'), SHELL_TAIL))
  expect(ending).toBe('outdated')
  expect(cancel).toHaveBeenCalledOnce()
})

it('sends each chunk as it came, and none that is empty', async () => {
  const body = sourceOf([toUtf8('<html>'), toUtf8('<p>'), DOCUMENT_END])
  const { stream } = splice(toUtf8('<html>'), Promise.resolve({ kind: 'document', body }), STEPS)
  const sent: Uint8Array[] = []
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) sent.push(next.value)
  expect(sent).toEqual([toUtf8('<html>'), toUtf8('<p>'), DOCUMENT_END])
})

it('reads no more of the source than is asked for', async () => {
  let pulled = 0
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled++
        controller.enqueue(toUtf8('x'))
      },
    },
    { highWaterMark: 0 },
  )
  const rest: Rest = { kind: 'resumed', body: source.getReader(), hasNewer: false }
  const reader = splice(toUtf8('<html>'), Promise.resolve(rest), STEPS).stream.getReader()
  for (let reads = 0; reads < 4; reads++) await reader.read()
  // Three chunks of the source were read, and the stream's own queue holds one more.
  expect(pulled).toBeLessThanOrEqual(4)
})

async function read(
  shell: Uint8Array,
  rest: Rest,
  steps: SpliceSteps = STEPS,
): Promise<{ bytes: Uint8Array; ending: Ending }> {
  const { stream, ended } = splice(shell, Promise.resolve(rest), steps)
  const bytes = new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())
  return { bytes, ending: await ended }
}

function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parts.flatMap((part) => [...part]))
}

function chunked(bytes: Uint8Array, cutsAt: number[]): Uint8Array[] {
  const edges = [0, ...cutsAt.map((at) => Math.min(at, bytes.length)), bytes.length].toSorted((a, b) => a - b)
  return edges.slice(1).map((edge, at) => bytes.slice(edges[at], edge))
}

function sourceOf(chunks: readonly Uint8Array[], error?: Error): ByteSource {
  const queue = [...chunks]
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = queue.shift()
      if (chunk) controller.enqueue(chunk)
      else if (error) controller.error(error)
      else controller.close()
    },
  })
  return stream.getReader()
}
