// Proves what a page gets between its shell and its rest: the script that watches over it, and its early start; and each byte of the
// rest once.

import { expect, it, vi } from 'vitest'

import { joined } from '../../protocol/bytes.ts'
import { bootstrapScript, PIECE_END, PIECE_START, toPiece } from '../../protocol/flight/inlined-payload.ts'
import type { Ending } from '../../protocol/page/messages.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'
import { type Early, earlyBytes } from '../early-start/cut-stage.ts'
import { BOOTSTRAP, END, restOf, STATIC_ROWS } from '../early-start/test-rest.ts'
import type { Copied, Rest } from '../transport/rest.ts'
import { splice, type SpliceSteps } from './splice.ts'
import { EARLY_TAIL } from './tails.ts'

const SHELL = toUtf8('<html>')
const EARLY: Early = { bootstrap: bootstrapScript(BOOTSTRAP), stage: toUtf8(toPiece(STATIC_ROWS)), runTag: '' }
const STEPS: SpliceSteps = {
  abandon: () => {},
  canReload: () => Promise.resolve(false),
  beforeReload: async () => {},
  offlineTail: toUtf8('<script>'),
  idle: 1000,
}

async function read(rest: Rest | Copied, early: Early | undefined): Promise<{ bytes: Uint8Array; ending: Ending }> {
  const { stream, ended } = splice(SHELL, Promise.resolve(rest), { ...STEPS, early })
  const bytes = new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())
  return { bytes, ending: await ended }
}

function restWith(html: string, kind: 'resumed' | 'document' = 'resumed'): Rest {
  const body = new Blob([toUtf8(html)]).stream().getReader()
  return kind === 'resumed' ? { kind, body, hasNewer: false } : { kind, body }
}

it('sends it behind the shell, before the rest has answered', async () => {
  const reader = splice(SHELL, new Promise<Rest>(() => {}), { ...STEPS, early: EARLY }).stream.getReader()
  expect((await reader.read()).value).toEqual(SHELL)
  expect((await reader.read()).value).toEqual(earlyBytes(EARLY))
})

it('sends the script that runs the page’s scripts after it, and looks for it in no rest', async () => {
  const early = { ...EARLY, runTag: '<script>run()</script>' }
  const [plain, run] = [await read(restWith(restOf()), EARLY), await read(restWith(restOf()), early)]
  const start = `<html>${fromUtf8(earlyBytes(EARLY))}`
  expect(fromUtf8(run.bytes)).toBe(`${start}<script>run()</script>${fromUtf8(plain.bytes).slice(start.length)}`)
  expect(run.ending).toBe('complete')
})

it.each([
  ['resumed', ''],
  ['document', '<html>'],
] as const)('leaves it out of what follows: %s', async (kind, before) => {
  const html = before + restOf()
  const [plain, early] = [await read(restWith(html, kind), undefined), await read(restWith(html, kind), EARLY)]
  expect([plain.ending, early.ending]).toEqual(['complete', 'complete'])
  // The piece in which the early stage ends has become two.
  expect(early.bytes.length).toBe(plain.bytes.length + toUtf8(PIECE_START + PIECE_END).length)
})

it.each([
  ['<i>', `<html>EARLY<i>`],
  [undefined, '<html>EARLY'],
])('sends %s meanwhile, in front of the rest and with nothing else changed', async (meanwhile, before) => {
  const rest = restWith(restOf())
  const asked = vi.fn<(given: Promise<unknown>) => Promise<Uint8Array | undefined>>(async () =>
    meanwhile === undefined ? undefined : toUtf8(meanwhile),
  )
  const { stream, ended } = splice(SHELL, Promise.resolve(rest), { ...STEPS, early: EARLY, meanwhile: asked })
  const html = await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text()
  const plain = fromUtf8((await read(restWith(restOf()), EARLY)).bytes)
  const start = `<html>${fromUtf8(earlyBytes(EARLY))}`
  expect(html).toBe(before.replace('<html>EARLY', start) + plain.slice(start.length))
  expect([await ended, await asked.mock.calls[0]?.[0]]).toEqual(['complete', rest])
})

it('leaves it out of a copy, which is no page of the network’s', async () => {
  const copied: Copied = { kind: 'copied', body: new Blob([toUtf8(restOf())]).stream().getReader() }
  const [copy, network] = [await read(copied, EARLY), await read(restWith(restOf()), EARLY)]
  expect(copy.bytes).toEqual(network.bytes)
  expect([copy.ending, network.ending]).toEqual(['offline', 'complete'])
})

it('lets what learns hear all of a rest, also what was early', async () => {
  const heard: Uint8Array<ArrayBuffer>[] = []
  const hear = (chunk: Uint8Array): void => void heard.push(chunk.slice())
  const { stream } = splice(SHELL, Promise.resolve(restWith(`<html>${restOf()}`, 'document')), {
    ...STEPS,
    early: EARLY,
    hear,
  })
  await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()
  expect(joined(heard)).toEqual(toUtf8(restOf()))
})

it('reloads a page whose rest does not have it', async () => {
  const { bytes, ending } = await read(restWith(restOf({ pieces: ['other'] })), EARLY)
  expect(bytes).toEqual(joined([SHELL, earlyBytes(EARLY), EARLY_TAIL]))
  expect(ending).toBe('unfit')
})

it('ends as an offline start if no rest comes', async () => {
  const { bytes, ending } = await read({ kind: 'unreachable' }, EARLY)
  expect(bytes).toEqual(joined([SHELL, earlyBytes(EARLY), toUtf8('<script>')]))
  expect(ending).toBe('offline')
})

it('ends as an offline start if a rest breaks off before anything of it was sent, and a reload would find nothing', async () => {
  const { bytes, ending } = await read(restWith(restOf().slice(0, 40)), EARLY)
  expect(bytes).toEqual(joined([SHELL, earlyBytes(EARLY), toUtf8('<script>')]))
  expect(ending).toBe('offline')
})

it('keeps what is there if the rest breaks off and a reload would find nothing', async () => {
  const { ending } = await read(restWith(restOf().slice(0, -END.length)), EARLY)
  expect(ending).toBe('stranded')
})

it.each(['resumed', 'document'] as const)('puts what watches over a page in front of all else, %s', async (kind) => {
  const [watch, rest] = [toUtf8('<script async></script>'), `<p></p>${END}`]
  const source = restWith(kind === 'document' ? `<html>${rest}` : rest, kind)
  const { stream, ended } = splice(SHELL, Promise.resolve(source), { ...STEPS, watch })
  const html = await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text()
  expect([html, await ended]).toEqual([`<html><script async></script>${rest}`, 'complete'])
})
