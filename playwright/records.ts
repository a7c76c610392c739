// What the worker has stored, read from its database by a page of the same origin.

import type { Page } from '@playwright/test'

import { namesOf } from '../protocol/app-names.ts'
import {
  isMarked,
  MARKS,
  MARKS_ROW,
  type Marks,
  NO_MARKS,
  RECORDS,
  type StoredRecord,
  type Use,
  USES,
} from '../protocol/record/stored.ts'
import { askDocument } from './ask-document.ts'

/** One stored page, or the shell that a dynamic route has for all of its paths. */
export type StoredPage = {
  /** The page's path or the route's pattern, `/products/tide-lamp` or `/products/[slug]`, without `basePath`. */
  readonly key: string
  /** Whether it is the whole page, or a shell with holes that the server fills. */
  readonly kind: 'static' | 'resuming'
  /** Names shell and state together: another digest is another render. */
  readonly digest: string
  /** The bytes of the shell, the sealed state and the router's segments, as the option `budget` counts them. */
  readonly bytes: number
  /** When this browser got it, in milliseconds since the epoch. */
  readonly receivedAt: number
  /** The visitor has changed the data that it was made from: the next visit gets the page from the network, and a newer shell with it. */
  readonly isInvalidated: boolean
  /** @deprecated The former name of {@link StoredPage.isInvalidated}; 0.2 drops it. */
  readonly isInDoubt: boolean
  /** The build that it belongs to; there are two of them only while a new worker waits. */
  readonly buildId: string
}

type Kept = Pick<StoredRecord, 'buildId' | 'key' | 'kind' | 'digest' | 'receivedAt' | 'asOf' | 'tags'>
type Read = { readonly records: readonly Kept[]; readonly uses: readonly Use[]; readonly marks: Marks | undefined }

/** Every stored page of the page's app, by key. Empty if the app has no worker or no database yet. */
export async function readRecords(page: Page): Promise<readonly StoredPage[]> {
  const scope = await askDocument(() => page.evaluate(findScope))
  if (scope === undefined) return []
  const names = { database: namesOf(scope).database, records: RECORDS, uses: USES, marks: MARKS, row: MARKS_ROW }
  const { records, uses, marks = NO_MARKS } = await askDocument(() => page.evaluate(readDatabase, names))
  return records.map(({ asOf, tags, ...record }) => {
    const isInvalidated = isMarked({ asOf, tags }, marks)
    const bytes = uses.find(({ key, digest }) => key === record.key && digest === record.digest)?.bytes ?? 0
    return { ...record, bytes, isInvalidated, isInDoubt: isInvalidated }
  })
}

/** Runs in the page. The scope of the page's worker, or undefined if there is none. */
async function findScope(): Promise<string | undefined> {
  if (!('serviceWorker' in navigator)) return undefined
  return (await navigator.serviceWorker.getRegistration())?.scope
}

type Names = { readonly [name in 'database' | 'records' | 'uses' | 'marks' | 'row']: string }

/** Runs in the page. One transaction, so that all that it reads belongs together. */
async function readDatabase(names: Names): Promise<Read> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error))
    })
  const none: Read = { records: [], uses: [], marks: undefined }
  const opening = indexedDB.open(names.database)
  let isMissing = false
  opening.addEventListener('upgradeneeded', () => {
    isMissing = true
    // Do not create it: the worker would find it without its tables.
    opening.transaction?.abort()
  })
  const database = await settled(opening).catch((error: unknown) => {
    if (!isMissing) throw error
  })
  if (!database) return none
  try {
    const tables = [names.records, names.uses, names.marks]
    if (!tables.every((table) => database.objectStoreNames.contains(table))) return none
    const transaction = database.transaction(tables)
    const [records, uses, marks] = await Promise.all([
      settled<StoredRecord[]>(transaction.objectStore(names.records).getAll()),
      settled<Use[]>(transaction.objectStore(names.uses).getAll()),
      settled<Marks | undefined>(transaction.objectStore(names.marks).get(names.row)),
    ])
    const kept = records.map(({ buildId, key, kind, digest, receivedAt, asOf, tags }) => {
      return { buildId, key, kind, digest, receivedAt, asOf, tags }
    })
    return { records: kept, uses, marks }
  } finally {
    database.close()
  }
}
