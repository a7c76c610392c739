// Proves that a page gets each byte of its rest once, either early or in its place, for any chunks, any pieces and any difference.

import fc from 'fast-check'
import { expect, it, vi } from 'vitest'

import { joined } from '../../protocol/bytes.ts'
import { bootstrapScript, PIECE_END, PIECE_START, toPiece } from '../../protocol/flight/inlined-payload.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'
import { type Early, earlyBytes, OtherStageError, withoutEarly } from './cut-stage.ts'
import { BOOTSTRAP, cutAt, HOLES, restOf, rowsOfVisit, STATIC_ROWS } from './test-rest.ts'

const VISIT = rowsOfVisit(9)
const EARLY: Early = { bootstrap: bootstrapScript(BOOTSTRAP), stage: toUtf8(toPiece(STATIC_ROWS)), runTag: '' }
const cuts = fc.array(fc.nat({ max: 2000 }), { maxLength: 8 })
/** What a document may have between two pieces of the payload. */
const between = fc.constantFrom('', HOLES, '<script>self.__next_f</script>', '<p>self.__next_f.push([1,"')

async function* chunked(bytes: Uint8Array, at: readonly number[]): AsyncGenerator<Uint8Array, void> {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  for (const [index, end] of places.slice(1).entries()) yield bytes.slice(places[index], end)
}

type Sent = { readonly sent: string; readonly fits: boolean; readonly error: unknown }

async function send(rest: Uint8Array, at: readonly number[] = [], early = EARLY): Promise<Sent> {
  const whenFits = vi.fn<() => void>()
  const sent: Uint8Array[] = []
  let error: unknown
  try {
    for await (const chunk of withoutEarly(chunked(rest, at), early, whenFits)) sent.push(chunk)
  } catch (thrown) {
    error = thrown
  }
  return { sent: fromUtf8(joined(sent)), fits: whenFits.mock.calls.length === 1, error }
}

/** All pieces as one, and everything between them. */
function read(html: string): { readonly payload: string; readonly others: string } {
  const piece = /<script>self\.__next_f\.push\(\[1,"((?:[^"\\]|\\.)*)"\]\)<\/script>/g
  const payload = Array.from(html.matchAll(piece), ([, text]) => text).join('')
  return { payload, others: html.replaceAll(piece, '') }
}

it('sends what is early and then the rest without it', async () => {
  await fc.assert(
    fc.asyncProperty(cuts, cuts, between, fc.boolean(), async (at, pieces, html, startsItself) => {
      const bootstrap = startsItself ? undefined : BOOTSTRAP
      const early = { ...EARLY, bootstrap: bootstrapScript(bootstrap) }
      const rest = restOf({ bootstrap, between: html, pieces: cutAt(STATIC_ROWS + VISIT, pieces) })
      const { sent, fits, error } = await send(toUtf8(rest), at, early)
      expect([fits, error]).toEqual([true, undefined])
      expect(read(sent).payload).toBe(toPiece(VISIT))
      expect(read(fromUtf8(earlyBytes(early)) + sent)).toEqual(read(rest))
    }),
  )
})

it('sends nothing of a piece that differs, and says so', async () => {
  const rest = restOf({ pieces: [STATIC_ROWS, VISIT], between: HOLES })
  const start = rest.indexOf(PIECE_START) + PIECE_START.length
  const end = start + toPiece(STATIC_ROWS).length
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: start, max: end - 1 }), cuts, async (where, at) => {
      const bytes = toUtf8(rest)
      // Flips the last bit, so that the byte stays a letter.
      const place = toUtf8(rest.slice(0, where)).length
      bytes[place] = (bytes[place] ?? 0) ^ 1
      const { sent, fits, error } = await send(bytes, at)
      expect(sent).toBe('')
      expect(fits).toBe(false)
      expect(error).toBeInstanceOf(OtherStageError)
    }),
  )
})

it.each<[string, string]>([
  ['begins with another bootstrap', restOf({ bootstrap: { global: 'OTHER', params: {} } })],
  ['begins with none', restOf({ bootstrap: undefined })],
  ['has a shorter stage', restOf({ pieces: [STATIC_ROWS.slice(0, -2), VISIT] })],
])('says so if the rest %s', async (_what, rest) => {
  const { sent, error } = await send(toUtf8(rest))
  expect(error).toBeInstanceOf(OtherStageError)
  expect(read(sent).payload).toBe('')
})

it('fails if the rest ends before all that was early has come', async () => {
  const rest = toUtf8(restOf({ pieces: [STATIC_ROWS] }))
  const end = rest.length - toUtf8(`${PIECE_END}</body></html>`).length
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: end - 1 }), cuts, async (length, at) => {
      const { sent, fits, error } = await send(rest.slice(0, length), at)
      expect([fits, error instanceof OtherStageError, error instanceof Error]).toEqual([false, false, true])
      expect(read(sent).payload).toBe('')
    }),
  )
})
