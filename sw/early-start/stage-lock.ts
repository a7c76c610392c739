// A stage lies in the store locked by the URL that it is of. Path and search of a visit stand in it, and the next person on the machine
// must not read them: who does not know a URL cannot open its stage, and who knows it learns no more than that it was visited.

import { joined } from '../../protocol/bytes.ts'
import type { Digest } from '../../protocol/digest.ts'
import { toUtf8 } from '../../protocol/utf8.ts'

const IV_BYTES = 12

/** What a lock depends on: the same stage of another record or URL is another text. */
export type StagePlace = { readonly digest: Digest; readonly url: string }

/** What `stage` is kept as. */
export async function lockStage(stage: Uint8Array<ArrayBuffer>, place: StagePlace): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  return joined([iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(place), stage))])
}

/** Undefined where it is of another place, or was altered. */
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
