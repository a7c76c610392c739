// What the rests of this build's pages are compressed with (RFC 9842): the words that they repeat, which are those of the shells and of their
// payloads. One for the build: a dictionary for each page saves little more, and every browser would have to fetch as many
// (decisions/026-dictionary.md). Pure.
//
//   must be made of what browsers may fetch without a cookie: anyone can read it;
//   must have the payload as a document has it: escaped otherwise it has few of a rest's words.

import { toPiece } from '../../protocol/flight/inlined-payload.ts'
import { type WholeRecord, WHOLE_PAYLOAD } from '../../protocol/record/record.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import { joined } from '../../protocol/bytes.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'

/** Two routes of an app have their frame in common: some 8 kB as they are downloaded. */
const MOST_BYTES = 64 * 1024
/** Of a piece that is worth looking up: a shorter one costs as much as it saves. */
const LEAST_CHARACTERS = 24

/**
 * @param published - What anyone may read.
 * @returns Undefined where no page has holes.
 */
export function dictionaryOf(published: readonly WholeRecord[]): Uint8Array<ArrayBuffer> | undefined {
  const known = new Set<string>()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for (const whole of oneOfEachRoute(published)) {
    const part = toUtf8(withoutKnown(textOf(whole), known))
    if (bytes + part.length > MOST_BYTES) continue
    parts.push(part)
    bytes += part.length
  }
  return bytes === 0 ? undefined : joined(parts)
}

/** A concrete page where there is one: its shell has more of what its siblings have. */
function oneOfEachRoute(published: readonly WholeRecord[]): readonly WholeRecord[] {
  const withHoles = published.filter(({ record }) => record.kind === 'resuming')
  const concreteFirst = withHoles.toSorted((a, b) => Number(isDynamic(a.record.key)) - Number(isDynamic(b.record.key)))
  const byRoute = new Map<string, WholeRecord>()
  for (const whole of concreteFirst) if (!byRoute.has(whole.record.route)) byRoute.set(whole.record.route, whole)
  return [...byRoute.values()]
}

function textOf({ record, segments }: WholeRecord): string {
  const payload = segments.get(WHOLE_PAYLOAD)
  return readText(record.shell) + (payload ? toPiece(readText(payload)) : '')
}

/** '' where it is none: a payload may have rows of bytes. */
function readText(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes)
  } catch {
    return ''
  }
}

/** Elements and lines of the payload that another page has are in it once. */
function withoutKnown(text: string, known: Set<string>): string {
  const isNew = (piece: string): boolean => {
    const isKnown = piece.length >= LEAST_CHARACTERS && known.has(piece)
    known.add(piece)
    return !isKnown
  }
  return text
    .split(/(?=<)|(?<=\\n)/)
    .filter(isNew)
    .join('')
}
