// Proves what a page and a client see of a resume, also where Next fails. What the gate refuses is refusals.test.ts; the real
// Next behind it is e2e's.

import { request as httpRequest } from 'node:http'
import { once } from 'node:events'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { createOrigin } from './index.ts'
import { BUILD, digestFor, listen, sealFor } from './test-app.ts'
import { startOrigin, verdict } from './test-origin.ts'

beforeEach(() => Reflect.set(globalThis, 'renders', 0))
afterEach(() => vi.restoreAllMocks())

it('renders the record that it knows, and says so', async () => {
  await using app = await startOrigin()
  for (const [path, digest, state] of [
    ['/', app.home, 'home'],
    ['/p/a', app.a, 'a'],
    ['/p/a', app.fallback, 'fallback'],
    ['/p/other?x=1', app.fallback, 'fallback'],
  ] as const) {
    const response = await app.send(path, { headers: app.reference(digest) })
    expect(response.status).toBe(200)
    expect(verdict(response)).toBe(`resumed; shell=${digest}; current=${digest}`)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.json()).toMatchObject({
      method: 'GET',
      url: path,
      meta: { postponed: state, minimalMode: true },
    })
  }
})

it('leaves what is no resume untouched', async () => {
  await using app = await startOrigin()
  expect((await fetch(app.url)).status).toBe(418)
  expect((await app.send('/', { headers: {}, body: 'form=1' })).status).toBe(418)
})

it('shows the page nothing of the resume and of what only Next may say (B16, B19 to B22)', async () => {
  await using app = await startOrigin()
  const inside = {
    rsc: '1',
    'next-resume': '1',
    'x-middleware-set-cookie': 'user=root',
    'x-matched-path': '/admin',
    'if-none-match': 'x',
  }
  const headers = {
    ...app.reference(app.fallback),
    ...inside,
    cookie: 'cart=1',
    'accept-language': 'de',
    'sec-fetch-mode': 'cors',
  }
  const response = await app.send('/p/x?nxtPslug=SECRET&a=%20b&%6Exti=1&_rsc=1&nxtIslug=1&c', { headers })
  const seen = (await response.json()) as { url: string; headers: Record<string, string> }
  expect(seen.url).toBe('/p/x?a=%20b&%6Exti=1&c')
  expect(Object.keys(seen.headers).filter((name) => name in inside || name.startsWith('shell-cache'))).toEqual([])
  expect(seen.headers).toMatchObject({
    cookie: 'cart=1',
    'accept-language': 'de',
    'sec-fetch-mode': 'navigate',
    'x-forwarded-proto': 'http',
  })
  expect(seen.headers['content-length']).toBeUndefined()
})

it('refuses a navigation that somebody made to carry the header', async () => {
  await using app = await startOrigin()
  const sent = httpRequest(app.url, {
    method: 'POST',
    headers: { ...app.reference(app.home), 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' },
  }).end()
  const [response] = await once(sent, 'response')
  response.resume()
  expect(response.headers['shell-cache-verdict']).toBe('refused; reason=foreign')
})

it('refuses a fragment in the target: the gate would read it as part of the path, and Next would drop it', async () => {
  await using app = await startOrigin()
  const headers = app.reference(app.fallback)
  const sent = httpRequest({ port: app.port, host: '127.0.0.1', path: '/p/guarded#x', method: 'POST', headers }).end()
  const [response] = await once(sent, 'response')
  response.resume()
  expect(response.headers['shell-cache-verdict']).toBe('refused; reason=malformed')
})

it('renders from the seal that a browser carries when the digest is not known', async () => {
  await using app = await startOrigin()
  const digest = digestFor('elsewhere', 'state')
  const body = sealFor({ buildId: BUILD, key: '/p/[slug]', route: '/p/[slug]', digest }, 'carried')
  const response = await app.send('/p/x', { headers: app.reference(digest), body })
  expect(await response.json()).toMatchObject({ meta: { postponed: 'carried' } })
  const stale = sealFor({ buildId: BUILD, key: '/p/[slug]', route: '/p/[slug]', digest }, 'carried', 1)
  expect(verdict(await app.send('/p/x', { headers: app.reference(digest), body: stale }))).toBe(
    'refused; reason=expired',
  )
})

it.each([
  ['throws before the head', "exports.handler = async () => { throw new Error('secret') }"],
  [
    'answers with an error page',
    "exports.handler = async (_q, r) => { r.statusCode = 500; r.setHeader('content-type', 'text/html'); r.end('secret') }",
  ],
  [
    'answers with another type',
    "exports.handler = async (_q, r) => { r.setHeader('content-type', 'text/x-component'); r.write('secret'); r.end() }",
  ],
  [
    'writes an error head itself',
    "exports.handler = async (_q, r) => { r.writeHead(404, { 'x-secret': '1' }); r.end('secret') }",
  ],
  ['does not exist', ''],
])('says failed and nothing else when Next %s', async (_name, entrypoint) => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await using app = await startOrigin(entrypoint)
  const response = await app.send('/', { headers: app.reference(app.home) })
  expect(verdict(response)).toBe('refused; reason=failed')
  expect(response.status).toBe(409)
  expect(await response.text()).toBe('')
  expect(response.headers.get('x-secret')).toBeNull()
})

it('cuts the connection when Next breaks after the head, so that nobody takes the rest for a page', async () => {
  await using app = await startOrigin(
    "exports.handler = async (_q, r) => { r.setHeader('content-type', 'text/html'); r.write('half'); throw new Error('x') }",
  )
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const read = app.send('/', { headers: app.reference(app.home) }).then((response) => response.text())
  await expect(read).rejects.toThrow()
})

it('tells Next when the client goes away', async () => {
  await using app = await startOrigin(`
    exports.handler = (_q, r) => new Promise((resolve) => {
      r.setHeader('content-type', 'text/html')
      r.write('half')
      r.on('close', () => { globalThis.closed(); resolve() })
    })`)
  const closed = new Promise<void>((resolve) => Reflect.set(globalThis, 'closed', resolve))
  const abort = new AbortController()
  const response = await app.send('/', { headers: app.reference(app.home), signal: abort.signal })
  expect(verdict(response)).toMatch(/^resumed/)
  abort.abort()
  await closed
})

it('tells the operator why a page did not render, without its query and without telling the client', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await using app = await startOrigin("exports.handler = async () => { throw new Error('no database') }")
  await app.send('/?token=private', { headers: app.reference(app.home) })
  expect(warn).toHaveBeenCalledOnce()
  expect(warn.mock.calls[0]?.[0]).toMatch(/^\[shell-cache\] The holes of \/ did not render: no database\. /)
})

it('loads an entrypoint again that failed to load once', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await using app = await startOrigin("throw new Error('EMFILE')")
  expect(verdict(await app.send('/', { headers: app.reference(app.home) }))).toBe('refused; reason=failed')
  await app.writeEntrypoint(
    "exports.handler = async (_q, r) => { r.setHeader('content-type', 'text/html'); r.end('now') }",
  )
  expect(await (await app.send('/', { headers: app.reference(app.home) })).text()).toBe('now')
})

it('names the digest that a key has here beside the one that a browser carried', async () => {
  await using app = await startOrigin()
  const digest = digestFor('elsewhere', 'state')
  const body = sealFor({ buildId: BUILD, key: '/p/a', route: '/p/[slug]', digest }, 'carried')
  const response = await app.send('/p/a', { headers: app.reference(digest), body })
  expect(verdict(response)).toBe(`resumed; shell=${digest}; current=${app.a}`)
})

it('shows a client that says nothing of the kind no navigation', async () => {
  await using app = await startOrigin()
  const sent = httpRequest(app.url, { method: 'POST', headers: app.reference(app.home) }).end()
  const [response] = await once(sent, 'response')
  const { headers } = JSON.parse(Buffer.concat(await response.toArray()).toString())
  expect(Object.keys(headers).filter((name) => name.startsWith('sec-'))).toEqual([])
})

it.each([
  ['has a proxy path that does not compile', { proxyPaths: ['('] }],
  ['is of another version', { version: 99 }],
])('leaves every request to Next when the manifest %s', async (_name, manifest) => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await using app = await startOrigin(undefined, manifest)
  expect((await app.send('/', { headers: app.reference(app.home) })).status).toBe(418)
  expect(warn).toHaveBeenCalledOnce()
})

it('says once what is missing and leaves every request to Next', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const origin = createOrigin({ dir: '/nowhere' })
  await using http = await listen((req, res) => void origin(req, res).then((ours) => ours || res.writeHead(418).end()))
  for (let asked = 0; asked < 2; asked++) {
    const headers = { 'shell-cache-resume': `b; shell=${'A'.repeat(43)}` }
    expect((await fetch(http.url, { method: 'POST', headers })).status).toBe(418)
  }
  expect(warn).toHaveBeenCalledOnce()
  expect(warn.mock.calls[0]?.[0]).toMatch(
    /^\[shell-cache\] There is no \/nowhere.*\. No shell is resumed .*\. Run `next build`/,
  )
})
