// Proves what leaves the server: the page's own head with the verdict on it, a record, or nothing but a refusal.

import type { ServerResponse } from 'node:http'
import { createRequire } from 'node:module'

import { afterEach, expect, it, vi } from 'vitest'

import { decodeRecord } from '../../protocol/record/record-codec.ts'
import { BUILD, digestFor } from '../test-app.ts'
import { writePage } from '../test-next.ts'
import { startOrigin, verdict } from '../test-origin.ts'

const compression = createRequire(import.meta.url)('next/dist/compiled/compression')()
const HTML = { 'content-type': 'text/html' }

afterEach(() => vi.restoreAllMocks())

it.each([
  ['private, no-cache, no-store, max-age=0, must-revalidate', undefined, { 'x-content-type-options': null }],
  ['private, no-store', 'nosniff', { 'x-content-type-options': 'nosniff' }],
  ['public, max-age=60', 'nosniff', { 'cache-control': 'public, max-age=60', 'x-content-type-options': 'nosniff' }],
  ['s-maxage=60', undefined, { 'cache-control': 's-maxage=60', 'x-content-type-options': null }],
] as const)('keeps the page’s own headers and says which it replaced: %s', async (cacheControl, sniff, added) => {
  await using app = await startOrigin({
    write(response, body) {
      response.setHeader('content-type', 'text/html')
      response.setHeader('cache-control', cacheControl)
      response.setHeader('etag', 'x')
      response.setHeader('x-page', 'yes')
      if (sniff !== undefined) response.setHeader('x-content-type-options', sniff)
      response.end(body)
    },
  })
  const { headers } = await app.send('/', { headers: app.reference(app.home) })
  expect(JSON.parse(headers.get('shell-cache-added') ?? '')).toEqual(added)
  expect(headers.get('x-page')).toBe('yes')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('cache-control')).toBe(/no-store/.test(cacheControl) ? cacheControl : 'private, no-store')
  expect(headers.get('etag')).toBeNull()
})

it.each([
  ['CDN-Cache-Control', 'max-age=60'],
  ['Cloudflare-CDN-Cache-Control', 'max-age=60'],
  ['Surrogate-Control', 'max-age=60'],
  ['Edge-Control', 'max-age=60'],
  ['X-Accel-Expires', '60'],
  ['Expires', 'Thu, 01 Dec 2044 16:00:00 GMT'],
])('leaves no %s on half a page, and says what it was', async (name, value) => {
  await using app = await startOrigin({
    write(response, body) {
      response.setHeader(name, value)
      writePage(response, body)
    },
  })
  const { headers } = await app.send('/', { headers: app.reference(app.home) })
  expect(headers.get(name)).toBeNull()
  expect(JSON.parse(headers.get('shell-cache-added') ?? '')).toMatchObject({ [name.toLowerCase()]: value })
})

it('sends what the proxy sets as cookies with every answer', async () => {
  const before = (_incoming: unknown, response: ServerResponse): void => {
    response.setHeader('set-cookie', ['token=next; Path=/', 'b=2'])
    response.setHeader('x-proxy', 'ran')
  }
  await using app = await startOrigin({ before })
  for (const [path, headers, answer] of [
    ['/', app.reference(app.home), /^resumed/],
    ['/', app.reference(app.a), /route$/],
    ['/', app.reference(digestFor('x', 'y')), /unknown$/],
    ['/nowhere', app.reference(app.home), /absent$/],
    ['/', { 'shell-cache-record': BUILD }, /^recorded/],
  ] as const) {
    const response = await app.send(path, { headers })
    expect(verdict(response)).toMatch(answer)
    expect(response.headers.getSetCookie(), String(answer)).toEqual(['token=next; Path=/', 'b=2'])
    expect(response.headers.get('x-proxy')).toBe(answer.source === '^resumed' ? 'ran' : null)
  }
})

it('hands the page’s record to whom the proxy lets through', async () => {
  await using app = await startOrigin()
  for (const [path, key, digest] of [
    ['/', '/', app.home],
    ['/p/a', '/p/a', app.a],
    ['/p/x', '/p/[slug]', app.fallback],
    ['/whole', '/whole', app.whole],
  ] as const) {
    const response = await app.send(path, { headers: { 'shell-cache-record': BUILD } })
    expect(verdict(response)).toBe(`recorded; shell=${digest}`)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    const decoded = decodeRecord(new Uint8Array(await response.arrayBuffer()))
    expect(decoded.ok && decoded.record.key).toBe(key)
  }
  expect(app.renders()).toBe(0)
})

it.each([
  ['answers with an error page', { write: (r: ServerResponse) => r.writeHead(500, HTML).end('secret') }],
  ['answers with another type', { write: (r: ServerResponse) => r.setHeader('content-type', 'text/x').end('secret') }],
  [
    'does not tell what it has found',
    { before: (r: object) => Reflect.deleteProperty(r, Symbol.for('NextInternalRequestMeta')) },
  ],
  ['has entries of another form', { entry: (value: object) => Reflect.set(value, 'kind', 'PAGES') }],
  [
    'has HTML of another form',
    { entry: (value: object) => Reflect.set(value, 'html', { toUnchunkedString: () => '' }) },
  ],
])('says no more than a refusal when Next %s', async (_name, behaviour) => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await using app = await startOrigin(behaviour)
  const response = await app.send('/', { headers: app.reference(app.home) })
  expect(verdict(response)).toMatch(/^refused; reason=(failed|route)$/)
  expect(response.status).toBe(409)
  expect(await response.text()).toBe('')
})
it('cuts the connection when Next breaks after the head, so that no one takes the rest for a page', async () => {
  await using app = await startOrigin({
    write(response) {
      response.setHeader('content-type', 'text/html')
      response.write('half')
      response.destroy()
    },
  })
  const read = app.send('/', { headers: app.reference(app.home) }).then((response) => response.text())
  await expect(read).rejects.toThrow()
})

it('sends Next’s page through its own compression', async () => {
  await using app = await startOrigin({
    before: (incoming, response) => compression(incoming, response, () => {}),
    write: (response, body) => writePage(response, body.padEnd(2000)),
  })
  const response = await app.send('/', { headers: app.reference(app.home) })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  expect(await response.json()).toMatchObject({ state: 'home' })
})
