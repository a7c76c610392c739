// Proves what a page and a client see of a resume, also if Next fails. refusals.test.ts tests what the gate refuses; e2e tests the real
// Next after it.

import { request as httpRequest } from 'node:http'
import { once } from 'node:events'

import { afterEach, expect, it, vi } from 'vitest'

import { createOrigin } from '../index.ts'
import { sealFor } from '../../seal/test-seal.ts'
import { BUILD, digestFor, listen } from '../test-app.ts'
import { changing } from '../test-next.ts'
import { startOrigin, verdict } from '../test-origin.ts'

afterEach(() => vi.restoreAllMocks())

type Seen = { method: string; url: string; headers: Record<string, string>; state: string }
const seenBy = async (response: Response): Promise<Seen> => (await response.json()) as Seen

it('has Next render the record that it knows, and says so', async () => {
  await using app = await startOrigin()
  for (const [path, digest, state, current] of [
    ['/', app.home, 'home', app.home],
    ['/p/a', app.a, 'a', app.a],
    ['/p/a', app.fallback, 'fallback', app.a],
    ['/p/other?x=1', app.fallback, 'fallback', app.fallback],
    ['/p/k%C3%A4se', app.fallback, 'fallback', app.fallback],
  ] as const) {
    const response = await app.send(path, { headers: app.reference(digest) })
    expect(response.status).toBe(200)
    expect(verdict(response)).toBe(`resumed; shell=${digest}; current=${current}`)
    expect(response.headers.get('cache-control')).toContain('no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await seenBy(response)).toMatchObject({ method: 'GET', url: path, state })
  }
})

it('goes on from one state on each of the pages that share it and their shell', async () => {
  const alike = { route: '/p/[slug]', state: 'alike', shell: '<html>alike' }
  const find = (path: string) =>
    /^\/p\/[cd]$/.test(path)
      ? { route: '/p/[slug]', params: { slug: path.slice(3) }, shell: alike.shell, postponed: alike.state }
      : undefined
  await using app = await startOrigin({ find }, {}, [
    { key: '/p/c', ...alike },
    { key: '/p/d', ...alike },
  ])
  const digest = digestFor(alike.shell, alike.state)
  for (const path of ['/p/c', '/p/d']) {
    const response = await app.send(path, { headers: app.reference(digest) })
    expect(verdict(response)).toBe(`resumed; shell=${digest}; current=${digest}`)
    expect(await seenBy(response)).toMatchObject({ url: path, state: 'alike' })
  }
})

it('says of a whole document that it may be shown, and sends nothing of it', async () => {
  await using app = await startOrigin()
  const response = await app.send('/whole', { headers: app.reference(app.whole) })
  expect(verdict(response)).toMatch(/^resumed/)
  expect(await response.text()).toBe('')
})

it('leaves what is no resume untouched', async () => {
  await using app = await startOrigin()
  expect(await seenBy(await fetch(app.url)).catch(() => 'html')).toBe('html')
  expect(await (await fetch(app.url)).text()).toMatch(/^<html>\/{"method":"GET"/)
  expect(await (await app.send('/', { headers: { 'x-a': '1' }, body: 'form=1' })).text()).toContain('"method":"POST"')
})

it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
  'leaves a %s to Next, whatever it carries (B24)',
  async (method) => {
    await using app = await startOrigin()
    for (const headers of [app.reference(app.home), { 'shell-cache-record': BUILD }]) {
      const response = await app.send('/', { method, headers })
      expect(verdict(response)).toBeNull()
      expect(await response.text()).toContain(`"method":"${method}"`)
    }
  },
)

it('shows the app nothing of the resume and of what only Next may say (B16, B19 to B22)', async () => {
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
  const seen = await seenBy(response)
  expect(seen.url).toBe('/p/x?a=%20b&%6Exti=1&c')
  expect(Object.keys(seen.headers).filter((name) => name in inside || name.startsWith('shell-cache'))).toEqual([])
  expect(seen.headers).toMatchObject({ cookie: 'cart=1', 'accept-language': 'de', 'sec-fetch-mode': 'navigate' })
  expect(seen.headers['content-length']).toBeUndefined()
})

it('calls a navigation another site’s if no page of this one is named as its start', async () => {
  await using app = await startOrigin()
  const siteSeen = async (headers: Record<string, string>): Promise<unknown> => {
    const own = { ...app.reference(app.fallback), 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' }
    return (await seenBy(await app.send('/p/x', { headers: { ...own, ...headers } }))).headers['sec-fetch-site']
  }
  expect(await siteSeen({ referer: `${app.url}/from` })).toBe('same-origin')
  expect(await siteSeen({})).toBe('cross-site')
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
  const sent = httpRequest({ port: app.port, host: '127.0.0.1', path: '/p/x#y', method: 'POST', headers }).end()
  const [response] = await once(sent, 'response')
  response.resume()
  expect(response.headers['shell-cache-verdict']).toBe('refused; reason=malformed')
})

const OLDER = { shell: '<html>older', postponed: 'carried' }
const older = digestFor(OLDER.shell, OLDER.postponed)
const askForRecord = { headers: { 'shell-cache-record': BUILD } }

it('renders from the seal that a browser carries when the digest is not known', async () => {
  const fallback = { ...OLDER, route: '/p/[slug]', params: { slug: 'x' }, entry: { isFallback: true } }
  const { find, change } = changing({ '/p/x': fallback })
  await using app = await startOrigin({ find })
  await app.send('/p/x', askForRecord)
  change()
  const binding = { basePath: '', buildId: BUILD, key: '/p/[slug]', route: '/p/[slug]', digest: older }
  const response = await app.send('/p/x', { headers: app.reference(older), body: sealFor(binding, 'carried') })
  expect(await seenBy(response)).toMatchObject({ state: 'carried' })
  const stale = await app.send('/p/x', { headers: app.reference(older), body: sealFor(binding, 'carried', 1) })
  expect(verdict(stale)).toBe('refused; reason=expired')
})

it('opens a seal below a base path', async () => {
  const page = { ...OLDER, route: '/' }
  await using app = await startOrigin({ find: () => page }, { basePath: '/docs' })
  const body = sealFor({ basePath: '/docs', buildId: BUILD, key: '/', route: '/', digest: older }, 'carried')
  for (const path of ['/docs', '/docs/'])
    expect(verdict(await app.send(path, { headers: app.reference(older), body }))).toMatch(/^resumed/)
  const ofAnother = sealFor({ basePath: '', buildId: BUILD, key: '/', route: '/', digest: older }, 'carried')
  const answer = await app.send('/docs', { headers: app.reference(older), body: ofAnother })
  expect(verdict(answer)).toBe('refused; reason=seal')
  expect(verdict(await app.send('/', { headers: app.reference(older), body }))).toBe('refused; reason=route')
})

it('tells Next when the client goes away', async () => {
  let tell = (): void => {}
  const closed = new Promise<void>((resolve) => (tell = resolve))
  await using app = await startOrigin({
    write(response) {
      response.setHeader('content-type', 'text/html')
      response.on('close', tell).write('half')
    },
  })
  const abort = new AbortController()
  const response = await app.send('/', { headers: app.reference(app.home), signal: abort.signal })
  expect(verdict(response)).toMatch(/^resumed/)
  abort.abort()
  await closed
})

it('tells the operator what failed, without the query and without telling the client', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await using app = await startOrigin({ entry: (value) => Reflect.set(value, 'html', { toUnchunkedString: () => '' }) })
  await app.send('/?token=private', { headers: app.reference(app.home) })
  expect(warn).toHaveBeenCalledOnce()
  expect(warn.mock.calls[0]?.[0]).toMatch(/^\[shell-cache\] The holes of \/ did not render: this release of Next /)
})

it('names the digest that a key has here beside the one that a browser carried', async () => {
  const { find, change } = changing({ '/p/a': { ...OLDER, route: '/p/[slug]', params: { slug: 'a' } } })
  await using app = await startOrigin({ find })
  await app.send('/p/a', askForRecord)
  change()
  const body = sealFor({ basePath: '', buildId: BUILD, key: '/p/a', route: '/p/[slug]', digest: older }, 'carried')
  const response = await app.send('/p/a', { headers: app.reference(older), body })
  expect(verdict(response)).toBe(`resumed; shell=${older}; current=${app.a}`)
})

it('shows a client that says nothing of the kind no navigation', async () => {
  await using app = await startOrigin()
  const sent = httpRequest(app.url, { method: 'POST', headers: app.reference(app.home) }).end()
  const [response] = await once(sent, 'response')
  const { headers } = JSON.parse(Buffer.concat(await response.toArray()).toString())
  expect(Object.keys(headers).filter((name) => name.startsWith('sec-'))).toEqual([])
})

it.each([
  ['has a rule that does not compile', { bypassFor: [{ header: 'a', value: '(' }] }],
  ['is of another version', { version: 99 }],
])('leaves every request to Next when the manifest %s', async (_name, manifest) => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await using app = await startOrigin(undefined, manifest)
  const response = await app.send('/', { headers: app.reference(app.home) })
  expect(verdict(response)).toBeNull()
  expect(await response.text()).toContain('"method":"POST"')
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
    /^\[shell-cache\] There is no \/nowhere.*\. This server resumes no shells.*\. Run `next build`/,
  )
})
