// What the browser keeps, read from the page: records by key. Used by specs that look into the database.

import type { Page } from '@playwright/test'

export type Kept = { readonly key: string; readonly digest: string; readonly shell: Buffer }

export async function keptRecords(page: Page): Promise<readonly Kept[]> {
  const records = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('next-shell-cache')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const stored = await new Promise<{ key: string; digest: string; shell: Uint8Array }[]>((resolve) => {
      const reading = database.transaction('records').objectStore('records').getAll()
      reading.onsuccess = () => resolve(reading.result)
    })
    database.close()
    return stored.map(({ key, digest, shell }) => ({ key, digest, shell: [...shell] }))
  })
  return records.map((record) => ({ ...record, shell: Buffer.from(record.shell) }))
}

/** The digest that a key has in the browser, or undefined where it has none. */
export async function keptDigest(page: Page, wanted: string): Promise<string | undefined> {
  return (await keptRecords(page)).find(({ key }) => key === wanted)?.digest
}
