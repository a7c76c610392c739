// The rest of a shell as Next writes it, with made-up rows. Tests only.

import {
  bootstrapScript,
  PAYLOAD_START,
  PIECE_END,
  PIECE_START,
  toPiece,
} from '../../protocol/flight/inlined-payload.ts'
import type { Bootstrap } from '../../protocol/flight/bootstrap-script.ts'
import { toUtf8 } from '../../protocol/utf8.ts'

export const BOOTSTRAP: Bootstrap = { global: 'TURBOPACK', params: { runtimeModuleIds: [1] } }
export const HOLES = '<div hidden id="S:0">3 < 4</div><script>$RC("B:0","S:0")</script>'
export const END = '</body></html>'

/** Rows that no request changes, including the root, which names the row that says how long they are. */
export const STATIC_ROWS = '1:I["<a&b>"]\n2:T5,\na":c0:{"c":["","é😀"],"l":"$@9"}\n'
/** What a visit adds to them. */
export const rowsOfVisit = (length: number, name = 'Ada'): string => `5:["$","p",null,"${name}"]\n9:${length}\n`

export const lengthOf = (text: string): number => toUtf8(text).length

export type Given = {
  readonly bootstrap?: Bootstrap | undefined
  readonly pieces?: readonly string[]
  /** Between the pieces. */
  readonly between?: string
}

/** Everything that follows a shell. */
export function restOf(given: Given = {}): string {
  const { pieces = [STATIC_ROWS, rowsOfVisit(lengthOf(STATIC_ROWS))], between = HOLES } = given
  const bootstrap = 'bootstrap' in given ? given.bootstrap : BOOTSTRAP
  const scripts = pieces.map((text) => PIECE_START + toPiece(text) + PIECE_END)
  return bootstrapScript(bootstrap) + PAYLOAD_START + scripts.join(between) + END
}

/** A text in pieces, cut where the numbers say, and never within a character. */
export function cutAt(text: string, cuts: readonly number[]): readonly string[] {
  const characters = Array.from(text)
  const places = [0, ...cuts.map((cut) => cut % (characters.length + 1)).toSorted((a, b) => a - b), characters.length]
  return places.slice(1).map((end, at) => characters.slice(places[at], end).join(''))
}
