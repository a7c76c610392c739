// Proves with Next's own functions that what is written here is what Next writes, and that it is found again however it was cut.

import { createRequire } from 'node:module'

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { bootstrapScript, PAYLOAD_START, PIECE_END, PIECE_START, readPieces, toPiece } from './inlined-payload.ts'

const require = createRequire(import.meta.url)
const { htmlEscapeJsonString } = require('next/dist/shared/lib/htmlescape.js') as {
  htmlEscapeJsonString: (json: string) => string
}
const { getTurbopackBootstrapScriptTag } = require('next/dist/server/app-render/turbopack-bootstrap-script.js') as {
  getTurbopackBootstrapScriptTag: (content: string) => string
}
const { getTurbopackChunkGroupBootstrap } = require('next/dist/server/get-page-files.js') as {
  getTurbopackChunkGroupBootstrap: (params: object, global: string, pages: string[]) => string
}
const { createInlinedDataReadableStream } = require('next/dist/server/app-render/use-flight-response.js') as {
  createInlinedDataReadableStream: (payload: ReadableStream<Uint8Array>, nonce: undefined, form: null) => ReadableStream
}

/** With everything that must be escaped, and a character of two surrogates. */
const texts = fc.string({
  unit: fc.constantFrom('a', '"', '\\', '<', '>', '&', '\n', '\u2028', 'é', '€', '😀', '</script>'),
})

/** Next's document for a payload that arrives in these chunks. */
function inlined(chunks: readonly Uint8Array[]): Promise<string> {
  const payload = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  return new Response(createInlinedDataReadableStream(payload, undefined, null)).text()
}

it('writes a piece as Next does', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const script = `<script>self.__next_f.push(${htmlEscapeJsonString(JSON.stringify([1, text]))})</script>`
      expect(PIECE_START + toPiece(text) + PIECE_END).toBe(script)
    }),
  )
})

it('reads what Next has written, whatever its pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { maxLength: 6 }), async (pieces) => {
      const html = `<p>before</p>${await inlined(pieces.map((text) => new TextEncoder().encode(text)))}<p>after</p>`
      expect(html).toContain(PAYLOAD_START)
      expect(readPieces(html)).toEqual({ before: '<p>before</p>', text: toPiece(pieces.join('')) })
    }),
  )
})

it('reads nothing if a piece is no text, or if nothing begins', async () => {
  expect(readPieces(await inlined([new Uint8Array([0xff, 0xfe])]))).toBeUndefined()
  expect(readPieces('<p>before</p></body></html>')).toBeUndefined()
})

it('writes what starts a page as Next does', () => {
  fc.assert(
    fc.property(texts, fc.dictionary(fc.string(), fc.jsonValue()), (global, others) => {
      const params: object = JSON.parse(JSON.stringify({ ...others, otherChunks: ['a.js'], runtimeModuleIds: [1] }))
      const content = getTurbopackChunkGroupBootstrap({ '/page': params }, global, ['/page'])
      expect(bootstrapScript({ global, params })).toBe(getTurbopackBootstrapScriptTag(content))
    }),
  )
  expect(bootstrapScript(undefined)).toBe('')
})
