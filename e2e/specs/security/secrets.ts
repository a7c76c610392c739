// Reads from the server's side of a build what must never be public: Next's own secrets, the key of the seals, and enough of every
// postponed state to recognise it.

import { createDecipheriv, hkdfSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inflateRawSync, inflateSync } from 'node:zlib'

import { decodeRecord } from '../../../protocol/record/record-codec.ts'
import type { ResumingRecord } from '../../../protocol/record/record.ts'
import { additionalData, SEAL_KEY_INFO, unpackEnvelope } from '../../../protocol/record/seal-format.ts'
import { filesBelow } from '../../harness/builds/build-app.ts'
import { appFolder, type AppName } from '../../harness/paths.ts'

/** A postponed state is `<length>:<data of React><resume data cache>`, and this is a key in React's data. */
export const OF_A_STATE = 'resumableState'

export function readKey(app: AppName): Promise<Buffer> {
  return readFile(join(appFolder(app), '.next', 'server', 'shell-cache', 'key'))
}

/** The public records, or all records of the origin. */
export async function recordsOf(app: AppName, side: 'static' | 'server'): Promise<ResumingRecord[]> {
  const files = await filesBelow(join(appFolder(app), '.next', side, 'shell-cache'))
  return [...files].flatMap(([name, content]) => {
    const decoded = /\.(?:txt|bin)$/.test(name) ? decodeRecord(new Uint8Array(content)) : undefined
    return decoded?.ok && decoded.record.kind === 'resuming' ? [decoded.record] : []
  })
}

export function openWith(record: ResumingRecord, secret: Uint8Array): string {
  const { nonce, tag, ciphertext, expiresAt } = envelopeOf(record)
  const key = new Uint8Array(hkdfSync('sha256', secret, '', SEAL_KEY_INFO, 32))
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    .setAAD(additionalData({ ...record, basePath: '' }, expiresAt))
    .setAuthTag(tag)
  return inflateRawSync(Buffer.concat([decipher.update(ciphertext), decipher.final()])).toString('utf8')
}

export function envelopeOf({ key, state }: ResumingRecord): NonNullable<ReturnType<typeof unpackEnvelope>> {
  const envelope = unpackEnvelope(state)
  if (!envelope) throw new Error(`${key} has no envelope`)
  return envelope
}

/** The resume data cache of a state, as JSON; '' if it has none. */
export function dataCacheOf(state: string): string {
  const tail = tailOf(state)
  return tail === 'null' ? '' : inflateSync(Buffer.from(tail, 'base64')).toString('utf8')
}

function tailOf(state: string): string {
  const at = state.indexOf(':')
  return state.slice(at + 1 + Number(state.slice(0, at)))
}

/** All secrets as latin1 texts, each long enough that a match is no coincidence. */
export async function secretsOf(app: AppName): Promise<string[]> {
  const { preview } = JSON.parse(await readFile(join(appFolder(app), '.next', 'prerender-manifest.json'), 'utf8'))
  const key = await readKey(app)
  const forms = [key.toString('hex'), key.toString('base64'), key.toString('base64url'), key.toString('latin1')]
  const states = (await recordsOf(app, 'server')).map((record) => openWith(record, key))
  const caches = states.map((state) => tailOf(state).slice(0, 80)).filter((tail) => tail.length > 40)
  return [...Object.values<string>(preview), ...forms, ...new Set(caches), OF_A_STATE]
}
