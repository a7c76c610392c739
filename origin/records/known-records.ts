// The records that this build made, as the adapter left them on the server's disk.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Digest } from '../../protocol/digest.ts'
import type { OriginRecord } from '../../protocol/build/origin-manifest.ts'
import { decodeRecord } from '../../protocol/record/record-codec.ts'
import type { RecordKey, ShellRecord, WholeRecord } from '../../protocol/record/record.ts'
import { segmentsInput } from '../../protocol/record/segments.ts'
import { hashOf } from '../../seal/hash.ts'

export type Framed = WholeRecord & { readonly frame: Uint8Array }

export class KnownRecords {
  readonly #folder: string
  readonly #byDigest: ReadonlyMap<Digest, OriginRecord>
  readonly #byKey: ReadonlyMap<RecordKey, OriginRecord>
  /** One record of each route. */
  readonly #byRoute: ReadonlyMap<string, OriginRecord>
  /** Never more than there are records. */
  readonly #segmentHashes = new Map<RecordKey, Digest>()

  /** @param folder - Where the records' files are stored. */
  constructor(folder: string, records: readonly OriginRecord[]) {
    this.#folder = folder
    const byDigest = new Map<Digest, OriginRecord>()
    for (const record of records) {
      const { digest, tags } = record
      byDigest.set(digest, { ...record, tags: [...(byDigest.get(digest)?.tags ?? []), ...tags] })
    }
    this.#byDigest = byDigest
    this.#byKey = new Map(records.map((record) => [record.key, record]))
    this.#byRoute = new Map(records.map((record) => [record.route, record]))
  }

  /** If pages have the same shell and state: the record of any of them, with the tags of all. */
  get(digest: Digest): OriginRecord | undefined {
    return this.#byDigest.get(digest)
  }

  ofKey(key: RecordKey): OriginRecord | undefined {
    return this.#byKey.get(key)
  }

  /** Whether a digest names the record of one of these keys, whatever else it names. */
  isOf(digest: Digest, keys: readonly RecordKey[], route: string): boolean {
    return keys.some((key) => this.currentDigest(key) === digest && this.ofKey(key)?.route === route)
  }

  /** Any record of a route: it shows what all pages of the route share. */
  ofRoute(route: string): OriginRecord | undefined {
    return this.#byRoute.get(route)
  }

  /** The digest that a key has here now; undefined if there is no record of that key. */
  currentDigest(key: RecordKey): Digest | undefined {
    return this.#byKey.get(key)?.digest
  }

  /** The whole record; undefined if its file is missing, unreadable or another record's. */
  async read(known: OriginRecord): Promise<ShellRecord | undefined> {
    return (await this.#decode(known))?.record
  }

  /** The whole record with the bytes of its file; undefined under the same conditions. */
  readFramed(known: OriginRecord): Promise<Framed | undefined> {
    return this.#decode(known)
  }

  /** The hash of a record's segments, read once: a build's files do not change. Undefined whenever {@link readFramed} is. */
  async segmentsHashOf(known: OriginRecord): Promise<Digest | undefined> {
    const { key } = known
    if (!this.#segmentHashes.has(key)) {
      const framed = await this.#decode(known)
      if (framed) this.#segmentHashes.set(key, hashOf(segmentsInput(framed.segments)))
    }
    return this.#segmentHashes.get(key)
  }

  async #decode(known: OriginRecord): Promise<Framed | undefined> {
    try {
      const frame = new Uint8Array(await readFile(join(this.#folder, known.file)))
      const decoded = decodeRecord(frame)
      if (!decoded.ok) return undefined
      const { digest, key, route } = decoded.record
      const isSame = digest === known.digest && key === known.key && route === known.route
      return isSame ? { record: decoded.record, segments: decoded.segments, frame } : undefined
    } catch {
      return undefined
    }
  }
}
