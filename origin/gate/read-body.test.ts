// Proves the limits of a body below, at and above each, with a body that the test feeds byte by byte.

import type { IncomingHttpHeaders } from 'node:http'

import { expect, it } from 'vitest'

import { LIMITS } from './limits.ts'
import { readBody } from './read-body.ts'
import { Refused } from './refused.ts'

const limits = { ...LIMITS, bodyBytes: 4, bodyDeadline: 20 }

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part)
}

async function* silence(): AsyncGenerator<Uint8Array> {
  await new Promise(() => {})
  yield Buffer.alloc(0)
}

const CHUNKED = { 'transfer-encoding': 'chunked' }
const request = (body: AsyncIterable<Uint8Array>, headers: IncomingHttpHeaders = CHUNKED) => ({
  method: 'POST',
  target: '/',
  headers,
  body,
})

it('reads a body below and at the limit', async () => {
  expect(await readBody(request(chunks()), limits)).toEqual(Buffer.alloc(0))
  expect(await readBody(request(chunks('ab', 'c')), limits)).toEqual(Buffer.from('abc'))
  expect(await readBody(request(chunks('ab', 'cd')), limits)).toEqual(Buffer.from('abcd'))
})

it.each([{}, { 'content-length': '0' }])(
  'reads nothing where the head says that nothing follows: %j',
  async (headers) => {
    expect(await readBody(request(silence(), headers), limits)).toEqual(new Uint8Array(0))
  },
)

it('refuses a body above the limit, declared or not', async () => {
  expect(await readBody(request(chunks('ab', 'cde')), limits)).toEqual(new Refused('size'))
  expect(await readBody(request(silence(), { 'content-length': '5' }), limits)).toEqual(new Refused('size'))
  expect(await readBody(request(silence(), { 'content-length': 'x' }), limits)).toEqual(new Refused('size'))
})

it('refuses a body that does not come in time', async () => {
  expect(await readBody(request(silence()), limits)).toEqual(new Refused('slow'))
})
