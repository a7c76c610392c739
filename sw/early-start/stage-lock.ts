// Locks each stored stage with the URL that it belongs to. A stage contains the path and search of a visit, and the next person on the
// machine must not read them: without the URL a stage cannot be opened, and with the URL it tells only that the URL was visited.

import { joined } from '../../protocol/bytes.ts'
import type { Digest } from '../../protocol/digest.ts'
import { toUtf8 } from '../../protocol/utf8.ts'

const IV_BYTES = 12

/** What a lock depends on: the same stage of another record or URL is stored as other bytes. */
export type StagePlace = { readonly digest: Digest; readonly url: string }

/** The form in which `stage` is stored. */
export async function lockStage(stage: Uint8Array<ArrayBuffer>, place: StagePlace): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  return joined([iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(place), stage))])
}

/** Undefined if the stage belongs to another place or was altered. */
export async function unlockStage(
  locked: Uint8Array<ArrayBuffer>,
  place: StagePlace,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const iv = locked.subarray(0, IV_BYTES)
    const stage = locked.subarray(IV_BYTES)
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await keyOf(place), stage))
  } catch {
    return undefined
  }
}

async function keyOf({ digest, url }: StagePlace): Promise<CryptoKey> {
  const key = await crypto.subtle.digest('SHA-256', toUtf8(`${digest} ${url}`))
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
