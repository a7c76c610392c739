// What lies open to a browser after a whole visit: every answer that it got, its database and its caches. The states are there
// and are searched for in the forms that they would have if the seal were left off: as text, and deflated as text.

import { createDecipheriv, hkdfSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

import type { Page } from '@playwright/test'

import { decodeRecord } from '../protocol/record-codec.ts'
import type { ResumingRecord } from '../protocol/record.ts'
import { additionalData, SEAL_KEY_INFO, unpackEnvelope } from '../protocol/seal-format.ts'
import { filesBelow } from './build-app.ts'
import { expect, install, test, visit } from './fixtures.ts'
import { appFolder } from './paths.ts'

const NEXT = join(appFolder('shop'), '.next')
/** A postponed state is `<length>:<data of React><resume data cache>`, and this is a key of what React keeps. */
const OF_A_STATE = 'resumableState'

test('publishes states that only the key of this build opens', async () => {
  const key = await readFile(join(NEXT, 'server', 'shell-cache', 'key'))
  const records = await publishedRecords()
  expect(records.length).toBeGreaterThan(5)
  for (const record of records) {
    expect(openWith(record, key), `${record.key} opens with the key`).toContain(OF_A_STATE)
    expect(() => openWith(record, Buffer.alloc(32)), `${record.key} with another`).toThrow()
    expect(() => inflateRawSync(envelopeOf(record).ciphertext), `${record.key} without any`).toThrow()
  }
})

test('publishes none of the app’s secrets', async () => {
  const secrets = await secretsOfApp()
  expect(secrets.every((secret) => secret.length >= 12)).toBe(true)
  for (const [name, content] of await filesBelow(join(NEXT, 'static'))) {
    for (const secret of secrets)
      expect(content.includes(Buffer.from(secret, 'latin1')), `a secret in ${name}`).toBe(false)
  }
})

test('sends and stores no secret in a whole visit', async ({ page, relay }) => {
  await install(page, relay)
  for (const path of ['/', '/products', '/products/tide-lamp', '/products/rain-coat', '/cart', '/about']) {
    await visit(page, relay, path)
  }
  const secrets = [...(await secretsOfApp()), OF_A_STATE]
  const places = new Map([['what the browser keeps', await keptByBrowser(page)]])
  for (const { method, url, answer, body } of relay.exchanges) {
    places.set(`${method} ${url}`, Buffer.concat([Buffer.from(JSON.stringify(answer)), body]))
  }
  // The search itself finds what is there: a word of the shells.
  expect(places.get('what the browser keeps')?.includes('Tide Lamp')).toBe(true)
  for (const [place, content] of places) {
    for (const secret of secrets)
      expect(content.includes(Buffer.from(secret, 'latin1')), `a secret in ${place}`).toBe(false)
  }
})

/** The preview and revalidation secrets of Next, and the key of the seals in every form that a file could have it. */
async function secretsOfApp(): Promise<string[]> {
  const { preview } = JSON.parse(await readFile(join(NEXT, 'prerender-manifest.json'), 'utf8'))
  const key = await readFile(join(NEXT, 'server', 'shell-cache', 'key'))
  const forms = [key.toString('hex'), key.toString('base64'), key.toString('base64url'), key.toString('latin1')]
  return [...Object.values<string>(preview), ...forms]
}

async function publishedRecords(): Promise<ResumingRecord[]> {
  const files = await filesBelow(join(NEXT, 'static', 'shell-cache'))
  return [...files].flatMap(([name, content]) => {
    const decoded = name.endsWith('.txt') ? decodeRecord(new Uint8Array(content)) : undefined
    return decoded?.ok && decoded.record.kind === 'resuming' ? [decoded.record] : []
  })
}

function envelopeOf({ key, sealedState }: ResumingRecord): NonNullable<ReturnType<typeof unpackEnvelope>> {
  const envelope = unpackEnvelope(sealedState)
  if (!envelope) throw new Error(`${key} has no envelope`)
  return envelope
}

function openWith(record: ResumingRecord, secret: Uint8Array): string {
  const { nonce, tag, ciphertext, expiresAt } = envelopeOf(record)
  const key = new Uint8Array(hkdfSync('sha256', secret, '', SEAL_KEY_INFO, 32))
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(additionalData(record, expiresAt)).setAuthTag(tag)
  return inflateRawSync(Buffer.concat([decipher.update(ciphertext), decipher.final()])).toString('utf8')
}

/** Every byte of the records and of the assets, as latin1: one character a byte. */
async function keptByBrowser(page: Page): Promise<Buffer> {
  const texts = await page.evaluate(async () => {
    const toText = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    const stored = await new Promise<object[]>((resolve, reject) => {
      const opening = indexedDB.open('next-shell-cache')
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const reading = opening.result.transaction('records').objectStore('records').getAll()
        reading.onsuccess = () => (opening.result.close(), resolve(reading.result))
      }
    })
    const found = stored.flatMap((record) =>
      Object.values(record).map((value) => (value instanceof Uint8Array ? toText(value) : JSON.stringify(value))),
    )
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
