// What the browser keeps, read from the page.

import { expect, type Page } from '@playwright/test'

import { readRecords } from '../../../playwright/records.ts'
import { keyHashOf, startOf } from '../../../protocol/shell-inventory.ts'
import type { StoredRecord } from '../../../protocol/record/stored.ts'

type Row = Pick<StoredRecord, 'key' | 'digest' | 'headers'>
export type Kept = Row & { readonly shell: Buffer }

export async function keptRecords(page: Page): Promise<readonly Kept[]> {
  const records = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('next-shell-cache:/')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const stored = await new Promise<StoredRecord[]>((resolve) => {
      const reading = database.transaction('records').objectStore('records').getAll()
      reading.onsuccess = () => resolve(reading.result)
    })
    database.close()
    return stored.map(({ key, digest, headers, shell }) => ({ key, digest, headers, shell: [...shell] }))
  })
  return records.map((record) => ({ ...record, shell: Buffer.from(record.shell) }))
}

/** The digest that a key has in the browser, or undefined where it has none. */
export async function keptDigest(page: Page, wanted: string): Promise<string | undefined> {
  return (await readRecords(page)).find(({ key }) => key === wanted)?.digest
}

/** Whether the visitor has changed what the record of a key was made from; undefined where there is none. */
export async function isInvalidated(page: Page, wanted: string): Promise<boolean | undefined> {
  return (await readRecords(page)).find(({ key }) => key === wanted)?.isInvalidated
}

/** Until another record has taken the place of this one, which may be dropped before the other has come. */
export async function untilReplaced(page: Page, wanted: string, digest: string | undefined): Promise<void> {
  await expect.poll(async () => [undefined, digest].includes(await keptDigest(page, wanted))).toBe(false)
}

/** Until the browser says of a key, with each navigation preload, that it shows the record which is stored for it. */
export async function untilTold(page: Page, wanted: string): Promise<void> {
  await expect
    .poll(async () => {
      const digest = await keptDigest(page, wanted)
      const header = await page.evaluate(
        async () => (await (await navigator.serviceWorker.ready).navigationPreload.getState()).headerValue ?? '',
      )
      return digest !== undefined && header.includes(`${keyHashOf(wanted)}.${startOf(digest)}`)
    })
    .toBe(true)
}

/** Every byte of the database and of the assets, as latin1: one character a byte. */
export async function keptBytes(page: Page): Promise<Buffer> {
  const texts = await page.evaluate(async () => {
    const toText = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    const stored = await new Promise<object[]>((resolve, reject) => {
      const opening = indexedDB.open('next-shell-cache:/')
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const transaction = opening.result.transaction(opening.result.objectStoreNames)
        const tables = Array.from(transaction.objectStoreNames, (name) => transaction.objectStore(name))
        const found = tables.flatMap((table) => [table.getAll(), table.getAllKeys()])
        transaction.oncomplete = () => (opening.result.close(), resolve(found.flatMap(({ result }) => result)))
      }
    })
    const texts = (value: unknown): string[] => {
      if (value instanceof Uint8Array) return [toText(value)]
      return value instanceof Object ? Object.values(value).flatMap(texts) : [JSON.stringify(value)]
    }
    const found = stored.flatMap(texts)
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const held = await cache.match(request)
        if (held) found.push(toText(new Uint8Array(await held.arrayBuffer())))
      }
    }
    return found
  })
  return Buffer.from(texts.join('\n'), 'latin1')
}
