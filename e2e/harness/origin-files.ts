// Reads from disk what a build left for its origin: tests send real digests and forge seals with the real key.

import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'

import { parseOriginManifest } from '../../origin/records/parse-manifest.ts'
import type { OriginManifest } from '../../protocol/build/origin-manifest.ts'
import { decodeRecord } from '../../protocol/record/record-codec.ts'
import type { ResumingRecord } from '../../protocol/record/record.ts'
import {
  additionalData,
  KEY_ID_INFO,
  packEnvelope,
  SEAL_KEY_INFO,
  type SealBinding,
} from '../../protocol/record/seal-format.ts'
import { appFolder } from './paths.ts'

export type OriginFiles = {
  readonly manifest: OriginManifest
  /** The header of a request to resume the record of a key. */
  readonly reference: (key: string) => { readonly 'shell-cache-resume': string }
  readonly sealedState: (key: string) => Promise<Uint8Array>
  /** A seal that only the build could make. @param deflated - Sealed instead of the deflated state. */
  readonly seal: (binding: SealBinding, state: string, expiresAt?: number, deflated?: Uint8Array) => Uint8Array
}

export async function originFiles(app: string): Promise<OriginFiles> {
  const folder = join(appFolder(app), '.next', 'server', 'shell-cache')
  const parsed = parseOriginManifest(JSON.parse(await readFile(join(folder, 'origin.json'), 'utf8')))
  if (!parsed.ok) throw new Error(`the manifest of ${app} ${parsed.reason}`)
  const { manifest } = parsed
  const secret = await readFile(join(folder, 'key'))
  const recordOf = (key: string): OriginManifest['records'][number] => {
    const record = manifest.records.find((known) => known.key === key)
    if (!record) throw new Error(`${app} has no record of ${key}`)
    return record
  }
  return {
    manifest,
    reference: (key) => ({
      'shell-cache-resume': `${encodeURIComponent(manifest.buildId)}; shell=${recordOf(key).digest}`,
    }),
    async sealedState(key) {
      const decoded = decodeRecord(new Uint8Array(await readFile(join(folder, recordOf(key).file))))
      if (!decoded.ok || decoded.record.kind !== 'resuming') throw new Error(`${key} has no state`)
      return (decoded.record satisfies ResumingRecord).state
    },
    seal: (binding, state, expiresAt = 0, deflated = deflateRawSync(state)) =>
      sealWith(secret, binding, expiresAt, deflated),
  }
}

function sealWith(secret: Buffer, binding: SealBinding, expiresAt: number, deflated: Uint8Array): Uint8Array {
  const derive = (info: string, bytes: number): Buffer => Buffer.from(hkdfSync('sha256', secret, '', info, bytes))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derive(SEAL_KEY_INFO, 32), nonce)
  cipher.setAAD(additionalData(binding, expiresAt))
  const ciphertext = Buffer.concat([cipher.update(deflated), cipher.final()])
  return packEnvelope({ keyId: derive(KEY_ID_INFO, 8), expiresAt, nonce, ciphertext, tag: cipher.getAuthTag() })
}
