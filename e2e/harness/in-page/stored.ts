// Reads from the page what the browser stores.

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

/** The digest of the key's record in the browser; undefined if there is no record. */
export async function keptDigest(page: Page, wanted: string): Promise<string | undefined> {
  return (await readRecords(page)).find(({ key }) => key === wanted)?.digest
}

/** Whether the visitor has changed data that the key's record was made from; undefined if there is no record. */
export async function isInvalidated(page: Page, wanted: string): Promise<boolean | undefined> {
  return (await readRecords(page)).find(({ key }) => key === wanted)?.isInvalidated
}

/** Waits until another record has replaced this one, which may be dropped before the other arrives. */
export async function untilReplaced(page: Page, wanted: string, digest: string | undefined): Promise<void> {
  await expect.poll(async () => [undefined, digest].includes(await keptDigest(page, wanted))).toBe(false)
}

/** Waits until the navigation preload header names the record that is stored for the key. */
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

/** Every byte of the database and of the assets, as latin1: one character for each byte. */
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
