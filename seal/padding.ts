// How many bytes of padding a sealed state gets. The length of a seal is public, and deflate makes a state shorter if a part of the URL
// repeats a cached secret (CRIME, CVE-2012-4929). So the length must not reveal whether a guess was right.
//   must be the same each time for one state and key: random padding is averaged away by repeated requests;
//   must not only round up to blocks: a client that moves the length by its URL finds the edge of a block, and there a byte shows;
//   must not be drawn from a uniform distribution: at the end of its range a byte shows again, but hardly in the sum of two draws.

import { createHmac } from 'node:crypto'

/** A sealed state is a whole number of these blocks long. */
export const PADDING_BLOCK = 512
export const MOST_PADDING: number = 3 * PADDING_BLOCK

/** Up to two blocks, by a value that depends on every byte of the state, and then up to the edge of the next block. */
export function paddingOf(deflated: Uint8Array, paddingKey: Uint8Array): number {
  const drawn = createHmac('sha256', paddingKey).update(deflated).digest()
  const moved = (drawn.readUInt16BE(0) % PADDING_BLOCK) + (drawn.readUInt16BE(2) % PADDING_BLOCK)
  return Math.ceil((deflated.length + moved) / PADDING_BLOCK) * PADDING_BLOCK - deflated.length
}
