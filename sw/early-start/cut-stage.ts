// Removes from the rest of a shell what the page has already got early: the script that starts it, the start of its payload, and the static
// stage, byte by byte, however the rest is cut into chunks and its payload into pieces. Everything else passes through in order. Pure.
//
//   must send no byte of a piece that differs: React then has rows of another render, and only a reload makes the page whole.

import { joined } from '../../protocol/bytes.ts'
import { PAYLOAD_START, PIECE_END, PIECE_START } from '../../protocol/flight/inlined-payload.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { HeldBytes } from './held-bytes.ts'

/** What a page gets before its rest. */
export type Early = {
  /** A script, or '' if the shell itself starts the page. */
  readonly bootstrap: string
  /** The static stage, as the text of a piece. */
  readonly stage: Uint8Array<ArrayBuffer>
  /** Sent after the stage. It is in no document of the network's. */
  readonly runTag: string
}

/** The rest is from another render. */
export class OtherStageError extends Error {}

const START = toUtf8(PIECE_START)
const END = toUtf8(PIECE_END)

/** The bytes that are sent early. {@link withoutEarly} removes them from the rest. */
export function earlyBytes({ bootstrap, stage, runTag }: Early): Uint8Array<ArrayBuffer> {
  return joined([toUtf8(bootstrap + PAYLOAD_START + PIECE_START), stage, END, toUtf8(runTag)])
}

/**
 * @param whenFits - Called when everything that was early has been found in the rest.
 * @throws OtherStageError if the rest does not have it; the error of {@link HeldBytes} if the rest ends before that is known.
 */
export async function* withoutEarly(
  rest: AsyncIterator<Uint8Array, void>,
  { bootstrap, stage }: Omit<Early, 'runTag'>,
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
    // The text of a piece has no unescaped quote.
    if (found < stage.length && !(await held.skip(END))) throw new OtherStageError('the rest has another static stage')
  }
  whenFits()
  // Sends what is left of the piece in which the stage ends. If nothing is left, that is an empty piece, which does nothing.
  yield START
  yield* held.all()
}
