// What this browser knows to have changed on the server since its records were made: the visitor's own writes above all
// (docs/architecture.md, invariant 8). Written by refresh/invalidate.ts before the page hears of the write; read with each record.

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

/** More of them are one mark on everything. */
const MOST_TAGS = 200

export async function readMarks({ marks }: Pick<Tables<'readonly'> | Tables<'readwrite'>, 'marks'>): Promise<Marks> {
  const found = await marks.get(MARKS_ROW)
  return isMarks(found) ? found : NO_MARKS
}

export async function writeMarks({ marks }: Tables<'readwrite'>, written: Marks): Promise<void> {
  await marks.put(written, MARKS_ROW)
}

/** What a record must be asked for after, to be as new as anything that is known now. */
export function currentSequence(): Promise<number> {
  return reading(async (tables) => (await readMarks(tables)).sequence)
}

/** What was asked for before this is not stored any more; what a build made is as of then and no later. */
export function purgedAt(): Promise<number> {
  return reading(async (tables) => (await readMarks(tables)).purged)
}

/** A mark that the database did not take is remembered as long as this worker lives: then nothing is without doubt. */
let isOneLost = false

/** Invalidates what was made from these tags, or everything, until it is asked for again. Rejects where that is not kept, or late. */
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

/** Nothing is left to invalidate, but what the build made before the marks is not to come back as new. */
export function withPurge({ sequence, everything, tags }: Marks): Marks {
  const hadMarks = everything > 0 || Object.keys(tags).length > 0
  const purged = sequence + 1
  return { sequence: purged + 1, everything: hadMarks ? purged + 1 : 0, tags: {}, purged }
}

/** Whether this browser shows no shells because its pages had to be reloaded (alarm.ts). */
export function isAtRest(): Promise<boolean> {
  return reading(readMarks).then(
    (marks) => isResting(marks, Date.now()),
    () => false,
  )
}

export function isInvalidated(record: Pick<StoredRecord, 'asOf' | 'tags'>, marks: Marks): boolean {
  return isOneLost || isResting(marks, Date.now()) || isMarked(record, marks)
}
