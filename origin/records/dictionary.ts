// The compression dictionary of this build (RFC 9842): what its pages repeat, made by the adapter. A browser that has it gets the rests of
// pages in less than half the bytes, at no extra time on this server (decisions/026-dictionary.md).
//
//   must not exist if this runtime cannot compress with one: Node can since 22.19 and 24.6. A runtime that ignores the option would send
//   a body that no browser can read.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

import { publicUrl } from '../../protocol/wire.ts'

/** Zlib's own numbers (`ZSTD_cParameter`); the types of the oldest supported Node do not have them. */
const [LEVEL, WINDOW] = [100, 101]
/** Takes as much memory for each open response as gzip. The tables of level 3 take three times that and save a fourteenth of the bytes. */
const PARAMS = { [LEVEL]: 1, [WINDOW]: 17 }

/** RFC 9842, 5: a `dcz` stream begins with this, before the SHA-256 of its dictionary. */
const MAGIC = Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 0x20, 0, 0, 0])

type Options = { readonly dictionary?: Uint8Array; readonly params: Readonly<Record<number, number>> }
/** A stream of zlib: a transform that can flush. */
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

  /** @param name - The file's name below `folder`. @returns Undefined if the file is missing or this runtime cannot use it. */
  static read(folder: string, name: string | undefined, basePath: string): Dictionary | undefined {
    if (name === undefined || !canCompress()) return undefined
    try {
      return new Dictionary(readFileSync(join(folder, name)), publicUrl(basePath, name), basePath)
    } catch {
      return undefined
    }
  }

  /** Sent with the dictionary: it is for navigations of this app, and for nothing else that its pages request. */
  get useHeader(): string {
    return `match="${this.#basePath}/*", match-dest=("document")`
  }

  isHeldBy(headers: IncomingHttpHeaders): boolean {
    return accepts(headers, 'dcz') && headers['available-dictionary'] === this.#name
  }

  /** Its output is the body of a response with `content-encoding: dcz`. */
  createEncoder(): Encoder {
    const made: unknown = typeof createCompress === 'function' && createCompress(optionsWith(this.#bytes))
    if (!isEncoder(made)) throw new TypeError('zlib makes no stream')
    made.push(Buffer.concat([MAGIC, this.#hash]))
    return made
  }
}

/** Whether a request accepts an encoding. A weight of 0 is a refusal (RFC 9110, 12.4.2). */
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

/** Tested by its effect, not by the version: other runtimes number their versions differently. */
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
