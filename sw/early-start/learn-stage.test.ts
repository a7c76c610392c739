// Proves that a stage is exactly what Next calls static, whatever the pieces; and that there is none if Next does not say so.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { toPiece } from '../../protocol/flight/inlined-payload.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'
import { stageIn } from './learn-stage.ts'
import { BOOTSTRAP, cutAt, lengthOf, restOf, rowsOfVisit, STATIC_ROWS } from './test-rest.ts'

const LENGTH = lengthOf(STATIC_ROWS)

function stageOf(rest: string, bootstrap: Parameters<typeof stageIn>[1] = BOOTSTRAP): string | undefined {
  const stage = stageIn(toUtf8(rest), bootstrap)
  return stage && fromUtf8(stage)
}

it('finds the rows that Next calls static, whatever the pieces and the visitor', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 5 }), fc.stringMatching(/^[a-zé]{0,9}$/), (cuts, name) => {
      const rest = restOf({ pieces: cutAt(STATIC_ROWS + rowsOfVisit(LENGTH, name), cuts) })
      expect(stageOf(rest)).toBe(toPiece(STATIC_ROWS))
    }),
  )
})

it('finds them if the shell starts the page', () => {
  expect(stageIn(toUtf8(restOf({ bootstrap: undefined })), undefined)).toEqual(toUtf8(toPiece(STATIC_ROWS)))
})

it.each<[string, string]>([
  ['ends within a row', restOf({ pieces: [STATIC_ROWS, rowsOfVisit(LENGTH + 1)] })],
  ['ends before the root', restOf({ pieces: [STATIC_ROWS, rowsOfVisit(lengthOf('1:I["<a&b>"]\n'))] })],
  ['is longer than the payload', restOf({ pieces: [STATIC_ROWS, rowsOfVisit(10 * LENGTH)] })],
  ['is no number', restOf({ pieces: [STATIC_ROWS, '9:"all"\n'] })],
  ['is not said', restOf({ pieces: [STATIC_ROWS] })],
  ['is said of no row', restOf({ pieces: [STATIC_ROWS.replace('$@9', '$9'), rowsOfVisit(LENGTH - 1)] })],
  ['has two roots', restOf({ pieces: [STATIC_ROWS, rowsOfVisit(LENGTH), '0:{"l":"$@9"}\n'] })],
  ['is of something that is no rows', restOf({ pieces: [STATIC_ROWS, rowsOfVisit(LENGTH), 'rows'] })],
  ['is behind another bootstrap', restOf({ bootstrap: { global: 'TURBOPACK', params: {} } })],
  ['is cut short', restOf().slice(0, 200)],
  ['is not there', '<p>hole</p></body></html>'],
])('finds none if it %s', (_what, rest) => {
  expect(stageOf(rest)).toBeUndefined()
})

it('finds none in bytes that are no text', () => {
  expect(stageIn(new Uint8Array([...toUtf8(restOf()), 0xff]), BOOTSTRAP)).toBeUndefined()
})
