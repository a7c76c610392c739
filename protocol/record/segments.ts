// What names a record's segments: its digest does not cover them, it names what is resumed. Pure.

import { joined } from '../bytes.ts'
import { toUtf8 } from '../utf8.ts'
import type { Segments } from './record.ts'

/** What is hashed, the same for the same segments in any order. */
export function segmentsInput(segments: Segments): Uint8Array<ArrayBuffer> {
  const sorted = [...segments].sort(([one], [other]) => (one < other ? -1 : 1))
  return joined(sorted.flatMap(([name, bytes]) => [toUtf8(`${name} ${bytes.length}\n`), bytes]))
}
