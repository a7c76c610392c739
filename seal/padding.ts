// How many bytes a sealed state is filled up with. Its length is public, and deflate makes it shorter where a part of the URL repeats
// a cached secret (CRIME, CVE-2012-4929): a guess must not show.
//   must be the same each time for one state and key: what is drawn anew each time is averaged away by asking again;
//   must not be blocks alone: a client that moves the length by its URL finds the edge of a block, and there a byte shows;
//   must not be drawn evenly: at the end of an even range a byte shows again, of the sum of two draws nearly none.

import { createHmac } from 'node:crypto'

/** What is sealed is a whole number of these long. */
export const PADDING_BLOCK = 512
export const MOST_PADDING: number = 3 * PADDING_BLOCK

/** Up to two blocks that depend on every byte of the state, then up to the next edge. */
export function paddingOf(deflated: Uint8Array, paddingKey: Uint8Array): number {
  const drawn = createHmac('sha256', paddingKey).update(deflated).digest()
  const moved = (drawn.readUInt16BE(0) % PADDING_BLOCK) + (drawn.readUInt16BE(2) % PADDING_BLOCK)
  return Math.ceil((deflated.length + moved) / PADDING_BLOCK) * PADDING_BLOCK - deflated.length
}
