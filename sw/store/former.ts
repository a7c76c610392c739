// Takes over from the previous version, in which all apps of an origin shared one database. Its records are of an earlier build and are
// deleted. The marks of what this browser has changed on the server outlive a build (protocol/record/stored.ts) and stay.

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
 * To be called when the previous worker no longer answers requests. Rejects if there is nothing to take over. Another app of this origin
 * may still run the previous version: it fills its store again.
 */
export async function takeOver(): Promise<void> {
  const marks = await withDeadline(formerMarks(), FORMER_STORE_MS).finally(() => {
    // Not awaited: a page may hold the database open.
    for (const name of [FORMER.database, FORMER.inspector]) deleteDB(name).catch(() => {})
  })
  await writing(async (tables) => {
    if (!isMarks(await tables.marks.get(MARKS_ROW))) await writeMarks(tables, marks)
  })
}

async function formerMarks(): Promise<Marks> {
  const database = await openDatabaseOf<Schema>(FORMER.database, undefined, {
    // There is no such database, and none must be created.
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
