// Makes the dictionary that the rests of this build's pages are compressed with (RFC 9842): text that the rests repeat, taken from the
// shells and their payloads. There is one for the whole build: one for each page would save little more, and every browser would have
// to fetch them all (decisions/026-dictionary.md). Pure.
//
//   must be made only of what browsers can fetch without a cookie, because anyone can read it;
//   must have the payload escaped as in a document: with another escaping it would share little text with a rest.

import { toPiece } from '../../protocol/flight/inlined-payload.ts'
import { type WholeRecord, WHOLE_PAYLOAD } from '../../protocol/record/record.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import { joined } from '../../protocol/bytes.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'

/** The routes of an app share their frame: about 8 kB as downloaded. */
const MOST_BYTES = 64 * 1024
/** The length from which a piece is deduplicated. For a shorter one that costs as much as it saves. */
const LEAST_CHARACTERS = 24

/**
 * @param published - Only records that anyone may read.
 * @returns Undefined if no page has holes.
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

/** A concrete page if the route has one, because its shell shares more text with its siblings. */
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

/** '' if it is not text: a payload may have binary rows. */
function readText(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes)
  } catch {
    return ''
  }
}

/** Removes elements and payload lines that an earlier page already has. */
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
