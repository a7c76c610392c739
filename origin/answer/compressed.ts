// Compresses a rest with the build's dictionary while it is sent (RFC 9842), instead of Next's own compression, which skips a response that
// has a `content-encoding`.
//
//   must send each write that is followed by a flush: a hole that is ready must not wait for the next;
//   must cut the response if the encoder fails, and end the encoder if the client disconnects;
//   must hold the writer back while the client reads slowly.

import type { IncomingHttpHeaders, ServerResponse } from 'node:http'

import { DICTIONARY_HEADER } from '../../protocol/wire.ts'
import { accepts, type Dictionary } from '../records/dictionary.ts'

type Header = readonly [name: string, value: string]

/** What a response says of its encoding: the encoding, or where a browser gets the dictionary that would make it shorter next time. */
export function encodingHeaders(dictionary: Dictionary | undefined, asked: IncomingHttpHeaders): readonly Header[] {
  if (!dictionary) return []
  if (dictionary.isHeldBy(asked)) return [['content-encoding', 'dcz']]
  // Browsers that support dictionaries accept Zstandard; without a dictionary for the page they name neither `dcz` nor `dcb`.
  return accepts(asked, 'zstd') ? [[DICTIONARY_HEADER, dictionary.url]] : []
}

/** The response's own methods, below everything that is laid over them here. */
export type Sink = {
  readonly write: (chunk: Uint8Array) => boolean
  readonly end: () => void
}

/** The methods through which the response is written from now on. */
export type Compressed = {
  readonly write: (...args: readonly unknown[]) => unknown
  readonly end: (...args: readonly unknown[]) => unknown
}

/** Must be called before the first byte. Next flushes by a method of the response, which is replaced. */
export function compressRest(response: ServerResponse, dictionary: Dictionary, { write, end }: Sink): Compressed {
  const encoder = dictionary.createEncoder()
  // oxlint-disable-next-line typescript/unbound-method -- applied to the encoder again below
  const { write: add, end: finish } = encoder
  const resume = (): void => void (response.writableNeedDrain ? response.once('drain', resume) : encoder.resume())
  encoder.on('data', (chunk: Uint8Array) => {
    if (write(chunk)) return
    encoder.pause()
    response.once('drain', resume)
  })
  encoder.on('end', end)
  encoder.on('error', () => response.destroy())
  // The writer waits for the response, but its bytes wait in the encoder.
  encoder.on('drain', () => response.emit('drain'))
  response.once('close', () => encoder.destroy())
  Object.assign(response, { flush: () => encoder.flush() })
  return {
    write: (...args) => Reflect.apply(add, encoder, args),
    end(...args) {
      Reflect.apply(finish, encoder, args)
      return response
    },
  }
}
