// Proves the limits of a body below, at and above each limit, with a body that the test feeds byte by byte.

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
  target: '/',
  headers,
  body,
})

it('reads a body below and at the limit', async () => {
  expect(await readBody(request(chunks()), limits, { bytes: 0 })).toEqual(Buffer.alloc(0))
  expect(await readBody(request(chunks('ab', 'c')), limits, { bytes: 0 })).toEqual(Buffer.from('abc'))
  expect(await readBody(request(chunks('ab', 'cd')), limits, { bytes: 0 })).toEqual(Buffer.from('abcd'))
})

it.each([{}, { 'content-length': '0' }])('reads nothing if the head says that nothing follows: %j', async (headers) => {
  expect(await readBody(request(silence(), headers), limits, { bytes: 0 })).toEqual(new Uint8Array(0))
})

it('refuses a body above the limit, declared or not', async () => {
  expect(await readBody(request(chunks('ab', 'cde')), limits, { bytes: 0 })).toEqual(new Refused('size'))
  expect(await readBody(request(silence(), { 'content-length': '5' }), limits, { bytes: 0 })).toEqual(
    new Refused('size'),
  )
  expect(await readBody(request(silence(), { 'content-length': 'x' }), limits, { bytes: 0 })).toEqual(
    new Refused('size'),
  )
})

it('refuses a body that does not come in time', async () => {
  expect(await readBody(request(silence()), limits, { bytes: 0 })).toEqual(new Refused('slow'))
})

it('counts what came of all bodies that are being read, and none of those that were', async () => {
  const load = { bytes: 0 }
  const tight = { ...limits, bodyDeadline: 60_000, allBodiesBytes: 6 }
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  async function* unfinished(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('abcd')
    await ended
  }
  const first = readBody(request(unfinished()), tight, load)
  expect(await readBody(request(chunks('ab')), tight, load)).toEqual(Buffer.from('ab'))
  expect(await readBody(request(chunks('a', 'b', 'c')), tight, load)).toEqual(new Refused('busy'))
  expect(load.bytes).toBe(4)
  end()
  expect(await first).toEqual(Buffer.from('abcd'))
  expect(load.bytes).toBe(0)
  expect(await readBody(request(chunks('a', 'b', 'c')), tight, load)).toEqual(Buffer.from('abc'))
})

it('forgets a body whose client goes away', async () => {
  const load = { bytes: 0 }
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('ab')
    throw new Error('aborted')
  }
  await expect(readBody(request(broken()), limits, load)).rejects.toThrow('aborted')
  expect(load.bytes).toBe(0)
})
