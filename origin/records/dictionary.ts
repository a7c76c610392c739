// The compression dictionary of this build (RFC 9842): what its pages repeat, made by the adapter. A browser that has it gets the rests of
// pages in less than half of the bytes, for no more time of this server's (decisions/026-dictionary.md).
//
//   must be none where this runtime does not compress with one: Node has done so since 22.19 and 24.6, and what takes no notice of the
//   option would send what no browser can read.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

import { publicUrl } from '../../protocol/wire.ts'

/** Zlib's own numbers (`ZSTD_cParameter`), which the types of the oldest Node that is supported do not have. */
const [LEVEL, WINDOW] = [100, 101]
/** As much memory for each response that is under way as gzip takes: the tables of level 3 have three times that, for a fourteenth of the bytes. */
const PARAMS = { [LEVEL]: 1, [WINDOW]: 17 }

/** RFC 9842, 5: what a `dcz` stream begins with, before the SHA-256 of its dictionary. */
const MAGIC = Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 0x20, 0, 0, 0])

type Options = { readonly dictionary?: Uint8Array; readonly params: Readonly<Record<number, number>> }
/** What a stream of zlib has beside a transform. */
type Encoder = Transform & { readonly flush: () => void }

const compress: unknown = Reflect.get(zlib, 'zstdCompressSync')
const createCompress: unknown = Reflect.get(zlib, 'createZstdCompress')

export class Dictionary {
  /** Where browsers get it. */
  readonly url: string
  /** How a browser names it, in `Available-Dictionary`. */
  readonly #name: string
  readonly #hash: Buffer
  readonly #bytes: Buffer
  readonly #basePath: string

  private constructor(bytes: Buffer, url: string, basePath: string) {
    this.url = url
    this.#basePath = basePath
    this.#bytes = bytes
    this.#hash = createHash('sha256').update(bytes).digest()
    this.#name = `:${this.#hash.toString('base64')}:`
  }

  /** @param name - Of the file below `folder`. @returns Undefined where it is not there, or of no use here. */
  static read(folder: string, name: string | undefined, basePath: string): Dictionary | undefined {
    if (name === undefined || !canCompress()) return undefined
    try {
      return new Dictionary(readFileSync(join(folder, name)), publicUrl(basePath, name), basePath)
    } catch {
      return undefined
    }
  }

  /** On the answer that brings it: for navigations of this app, and nothing else that its pages ask for. */
  get useHeader(): string {
    return `match="${this.#basePath}/*", match-dest=("document")`
  }

  isHeldBy(headers: IncomingHttpHeaders): boolean {
    return accepts(headers, 'dcz') && headers['available-dictionary'] === this.#name
  }

  /** What comes out of it is the body of a response with `content-encoding: dcz`. */
  createEncoder(): Encoder {
    const made: unknown = typeof createCompress === 'function' && createCompress(optionsWith(this.#bytes))
    if (!isEncoder(made)) throw new TypeError('zlib makes no stream')
    made.push(Buffer.concat([MAGIC, this.#hash]))
    return made
  }
}

/** Whether a request takes an encoding. A weight of 0 is a refusal (RFC 9110, 12.4.2). */
export function accepts(headers: IncomingHttpHeaders, encoding: string): boolean {
  const offered = (headers['accept-encoding'] ?? '').split(',')
  return offered.some((one) => {
    const [name = '', weight] = one.trim().split(/ *; *q=/i)
    return name.toLowerCase() === encoding && Number(weight ?? 1) > 0
  })
}

function optionsWith(dictionary: Uint8Array): Options {
  return { dictionary, params: PARAMS }
}

function isEncoder(made: unknown): made is Encoder {
  return typeof made === 'object' && made !== null && 'push' in made && 'flush' in made
}

/** By what it does, not by its version: other runtimes count differently. */
function canCompress(): boolean {
  if (typeof compress !== 'function' || typeof createCompress !== 'function') return false
  const sample = createHash('sha512').update('').digest()
  try {
    const [plain, known]: readonly unknown[] = [{ params: PARAMS }, optionsWith(sample)].map((options) =>
      compress(sample, options),
    )
    return plain instanceof Uint8Array && known instanceof Uint8Array && known.length < plain.length / 2
  } catch {
    return false
  }
}
