// The records that this build made, as the adapter left them on the server's disk. Called by unseal.ts, respond.ts.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Digest } from '../protocol/digest.ts'
import type { OriginRecord } from '../protocol/origin-manifest.ts'
import { decodeRecord } from '../protocol/record-codec.ts'
import type { RecordKey } from '../protocol/record.ts'

export class KnownRecords {
  readonly #folder: string
  readonly #byDigest: ReadonlyMap<Digest, OriginRecord>
  readonly #byKey: ReadonlyMap<RecordKey, OriginRecord>

  /** @param folder - Where the records' files lie. */
  constructor(folder: string, records: readonly OriginRecord[]) {
    this.#folder = folder
    this.#byDigest = new Map(records.map((record) => [record.digest, record]))
    this.#byKey = new Map(records.map((record) => [record.key, record]))
  }

  get(digest: Digest): OriginRecord | undefined {
    return this.#byDigest.get(digest)
  }

  /** The digest that a key has here now, or undefined where there is no record of that key. */
  currentDigest(key: RecordKey): Digest | undefined {
    return this.#byKey.get(key)?.digest
  }

  /** The sealed state of a record, or undefined where its file is gone, unreadable or another record's. */
  async readSealedState(known: OriginRecord): Promise<Uint8Array | undefined> {
    try {
      const decoded = decodeRecord(new Uint8Array(await readFile(join(this.#folder, known.file))))
      if (!decoded.ok || decoded.record.kind !== 'resuming') return undefined
      const { digest, key, route, sealedState } = decoded.record
      return digest === known.digest && key === known.key && route === known.route ? sealedState : undefined
    } catch {
      return undefined
    }
  }
}
