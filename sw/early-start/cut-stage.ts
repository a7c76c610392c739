// Takes out of the rest of a shell what the page has got early: what starts it, what begins its payload, and the static stage, byte by byte,
// however the rest is cut into chunks and its payload into pieces. All else goes through in its order. Pure.
//
//   must send no byte of a piece that differs: React has rows of another render then, and only a reload makes the page whole.

import { joined } from '../../protocol/bytes.ts'
import { PAYLOAD_START, PIECE_END, PIECE_START } from '../../protocol/flight/inlined-payload.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { HeldBytes } from './held-bytes.ts'

/** What a page has got before its rest. */
export type Early = {
  /** A script, or '' where the shell starts the page. */
  readonly bootstrap: string
  /** The static stage, as the text of a piece. */
  readonly stage: Uint8Array<ArrayBuffer>
}

/** The rest is one of another render. */
export class OtherStageError extends Error {}

const START = toUtf8(PIECE_START)
const END = toUtf8(PIECE_END)

/** The bytes in whose place {@link withoutEarly} leaves nothing. */
export function earlyBytes({ bootstrap, stage }: Early): Uint8Array<ArrayBuffer> {
  return joined([toUtf8(bootstrap + PAYLOAD_START + PIECE_START), stage, END])
}

/**
 * @param whenFits - Called when all that was early has been found in the rest.
 * @throws OtherStageError, where it is not in it; what {@link HeldBytes} throws where the rest ends before that is known.
 */
export async function* withoutEarly(
  rest: AsyncIterator<Uint8Array, void>,
  { bootstrap, stage }: Early,
  whenFits: () => void,
): AsyncGenerator<Uint8Array, void> {
  const held = new HeldBytes(rest)
  for (const script of [bootstrap, PAYLOAD_START]) {
    const sought = toUtf8(script)
    yield* held.upTo(sought, START)
    if (!(await held.skip(sought))) throw new OtherStageError('the rest begins in another way')
  }
  for (let found = 0; found < stage.length;) {
    yield* held.upTo(START, START)
    await held.skip(START)
    found += await held.skipSame(stage.subarray(found))
    // A text has no quote that is not escaped.
    if (found < stage.length && !(await held.skip(END))) throw new OtherStageError('the rest has another static stage')
  }
  whenFits()
  // What is left of the piece that the stage ends in; where that is nothing, an empty piece, which does nothing.
  yield START
  yield* held.all()
}
