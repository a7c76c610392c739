// Takes over from the version before, whose apps shared one database an origin. The records in it are of an earlier build, and go. What this
// browser has changed on the server outlives a build (protocol/record/stored.ts), and stays.

import { deleteDB } from 'idb'

import { FORMER } from '../../protocol/app-names.ts'
import { MARKS, MARKS_ROW, type Marks } from '../../protocol/record/stored.ts'
import { writeMarks } from './marks.ts'
import { withDeadline } from '../util/async.ts'
import { openDatabaseOf } from './idb.ts'
import { isMarks, type Schema } from './schema.ts'
import { writing } from './transaction.ts'
import { FORMER_STORE_MS } from '../util/timeouts.ts'

/**
 * To be called when the worker before this one answers no more. Rejects where there is nothing to take over. Another app of this origin
 * may still be of the version before: its store is filled again.
 */
export async function takeOver(): Promise<void> {
  const marks = await withDeadline(formerMarks(), FORMER_STORE_MS).finally(() => {
    // Begun only: a page that holds it open is not waited for.
    for (const name of [FORMER.database, FORMER.inspector]) deleteDB(name).catch(() => {})
  })
  await writing(async (tables) => {
    if (!isMarks(await tables.marks.get(MARKS_ROW))) await writeMarks(tables, marks)
  })
}

async function formerMarks(): Promise<Marks> {
  const database = await openDatabaseOf<Schema>(FORMER.database, undefined, {
    // There is none, and none is made.
    upgrade(_none, _from, _to, transaction) {
      transaction.done.catch(() => {})
      transaction.abort()
    },
  })
  try {
    const marks = await database.transaction(MARKS).store.get(MARKS_ROW)
    if (!isMarks(marks)) throw new Error('nothing is marked')
    return marks
  } finally {
    database.close()
  }
}
