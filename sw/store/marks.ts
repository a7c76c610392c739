// Marks what this browser knows to have changed on the server since its records were made, above all the visitor's own writes
// (docs/architecture.md, invariant 8). refresh/invalidate.ts writes a mark before the page gets the response to its write; each read of a
// record reads the marks, too.

import {
  isMarked,
  isResting,
  type Marks,
  MARKS_ROW,
  NO_MARKS,
  type StoredRecord,
} from '../../protocol/record/stored.ts'
import type { TagHash } from '../../protocol/record/tags.ts'
import { withDeadline } from '../util/async.ts'
import { isMarks } from './schema.ts'
import { reading, type Tables, writing } from './transaction.ts'
import { MARK_MS } from '../util/timeouts.ts'

/** Beyond this many tags, one mark covers everything. */
const MOST_TAGS = 200

export async function readMarks({ marks }: Pick<Tables<'readonly'> | Tables<'readwrite'>, 'marks'>): Promise<Marks> {
  const found = await marks.get(MARKS_ROW)
  return isMarks(found) ? found : NO_MARKS
}

export async function writeMarks({ marks }: Tables<'readwrite'>, written: Marks): Promise<void> {
  await marks.put(written, MARKS_ROW)
}

/** The current sequence. A record that is requested from now on is as new as everything that is known. */
export function currentSequence(): Promise<number> {
  return reading(async (tables) => (await readMarks(tables)).sequence)
}

/** The sequence of the last purge. Records that were requested before it are not stored any more; a build's records count as of then. */
export function purgedAt(): Promise<number> {
  return reading(async (tables) => (await readMarks(tables)).purged)
}

/** True if the database did not take a mark. For the rest of this worker's life every record then counts as invalidated. */
let isOneLost = false

/** Invalidates the records made from these tags, or all, until they are requested again. Rejects if the mark is not stored in time. */
export async function markInvalidated(changed: 'everything' | readonly TagHash[]): Promise<void> {
  try {
    const marking = writing(async (tables) => writeMarks(tables, withMark(await readMarks(tables), changed)))
    await withDeadline(marking, MARK_MS)
  } catch (error) {
    isOneLost = true
    throw error
  }
}

export function withMark(marks: Marks, changed: 'everything' | readonly TagHash[]): Marks {
  const sequence = marks.sequence + 1
  const named = changed === 'everything' ? {} : Object.fromEntries(changed.map((tag) => [tag, sequence]))
  const tags = { ...marks.tags, ...named }
  return changed === 'everything' || Object.keys(tags).length > MOST_TAGS
    ? { ...marks, sequence, everything: sequence, tags: {} }
    : { ...marks, sequence, tags }
}

/** No record is left to invalidate, but records that the build made before the marks must not come back as new. */
export function withPurge({ sequence, everything, tags }: Marks): Marks {
  const hadMarks = everything > 0 || Object.keys(tags).length > 0
  const purged = sequence + 1
  return { sequence: purged + 1, everything: hadMarks ? purged + 1 : 0, tags: {}, purged }
}

/** Whether this browser shows no shells because its pages had to be reloaded too often (alarm.ts). */
export function isAtRest(): Promise<boolean> {
  return reading(readMarks).then(
    (marks) => isResting(marks, Date.now()),
    () => false,
  )
}

export function isInvalidated(record: Pick<StoredRecord, 'asOf' | 'tags'>, marks: Marks): boolean {
  return isOneLost || isResting(marks, Date.now()) || isMarked(record, marks)
}
