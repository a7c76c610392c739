// Proves what the gate refuses, and that a refusal renders nothing. The numbers are rows of e2e/specs/security/bad-input.ts.

import type { ServerResponse } from 'node:http'

import { expect, it } from 'vitest'

import { sealFor } from '../../seal/test-seal.ts'
import { BUILD, digestFor, DRAFT_TOKEN } from '../test-app.ts'
import { findPage } from '../test-next.ts'
import { startOrigin, verdict } from '../test-origin.ts'

type Case = readonly [
  name: string,
  status: number,
  verdict: string,
  path: string,
  init: (app: Awaited<ReturnType<typeof startOrigin>>) => RequestInit & { headers: Record<string, string> },
]
const CASES: readonly Case[] = [
  ['B1 a malformed reference', 400, 'malformed', '/', () => ({ headers: { 'shell-cache-resume': 'x' } })],
  ['B2 an unknown digest', 409, 'unknown', '/', (app) => ({ headers: app.reference(digestFor('x', 'y')) })],
  ['B3 another route’s record', 409, 'route', '/', (app) => ({ headers: app.reference(app.a) })],
  ['B4 a sibling’s record', 409, 'route', '/p/b', (app) => ({ headers: app.reference(app.a) })],
  ['B5 another build', 409, 'build', '/', (app) => ({ headers: app.reference(app.home, 'build-0') })],
  [
    'B7 a body that is no seal',
    403,
    'seal',
    '/',
    (app) => ({ headers: app.reference(digestFor('x', 'y')), body: '4:nullnull' }),
  ],
  [
    'B14 a body over the limit',
    413,
    'size',
    '/',
    (app) => ({ headers: app.reference(app.home), body: 'x'.repeat(1024 * 1024 + 1) }),
  ],
  [
    'B15 a compressed body',
    415,
    'encoding',
    '/',
    (app) => ({ headers: { ...app.reference(app.home), 'content-encoding': 'gzip' }, body: 'x' }),
  ],
  ['B17 a placeholder as a path', 404, 'absent', '/p/[slug]', (app) => ({ headers: app.reference(app.fallback) })],
  ['B17 an encoded placeholder', 404, 'absent', '/p/%5Bslug%5D', (app) => ({ headers: app.reference(app.fallback) })],
  ['B18 a broken escape', 400, 'malformed', '/p/%E0%A4%A', (app) => ({ headers: app.reference(app.fallback) })],
  ['B18 an encoded slash', 400, 'malformed', '/p/a%2Fb', (app) => ({ headers: app.reference(app.fallback) })],
  ['B18 a control character', 400, 'malformed', '/p/%00', (app) => ({ headers: app.reference(app.fallback) })],
  ['B18 a backslash', 400, 'malformed', '/p/a%5Cb', (app) => ({ headers: app.reference(app.fallback) })],
  ['B18 two slashes', 400, 'malformed', '//p/a', (app) => ({ headers: app.reference(app.a) })],
  [
    'B23 a server action',
    409,
    'bypass',
    '/',
    (app) => ({ headers: { ...app.reference(app.home), 'next-action': 'x' } }),
  ],
  [
    'B23 a form with files',
    409,
    'bypass',
    '/',
    (app) => ({
      headers: { ...app.reference(app.home), 'content-type': 'multipart/form-data; boundary=x' },
      body: 'x',
    }),
  ],
  [
    'B28 the cookie of draft mode',
    409,
    'bypass',
    '/',
    (app) => ({ headers: { ...app.reference(app.home), cookie: `a=1; __prerender_bypass=${DRAFT_TOKEN}` } }),
  ],
  [
    'B29 a bot that reads no streamed metadata',
    409,
    'bypass',
    '/',
    (app) => ({ headers: { ...app.reference(app.home), 'user-agent': 'Slackbot 1.0' } }),
  ],
  [
    'B25 another site',
    403,
    'foreign',
    '/',
    (app) => ({ headers: { ...app.reference(app.home), 'sec-fetch-site': 'cross-site' } }),
  ],
  [
    'B25 a sibling origin',
    403,
    'foreign',
    '/',
    (app) => ({ headers: { ...app.reference(app.home), 'sec-fetch-site': 'same-site' } }),
  ],
  ['B30 an expired record', 409, 'expired', '/old', (app) => ({ headers: app.reference(app.old) })],
  ['a route that is off', 409, 'route', '/off', (app) => ({ headers: app.reference(app.off) })],
  [
    'a seal for a path that no record answers',
    409,
    'route',
    '/unknown',
    (app) => ({ headers: app.reference(digestFor('x', 'y')), body: 'x' }),
  ],
  [
    'both questions at once',
    400,
    'malformed',
    '/',
    (app) => ({ headers: { ...app.reference(app.home), 'shell-cache-record': BUILD } }),
  ],
  ['a question for a record of another build', 409, 'build', '/', () => ({ headers: { 'shell-cache-record': 'x' } })],
  ['a malformed question for a record', 400, 'malformed', '/', () => ({ headers: { 'shell-cache-record': 'a; b' } })],
  ['a record of a route that is off', 409, 'route', '/off', () => ({ headers: { 'shell-cache-record': BUILD } })],
  ['a record of a page that is not there', 404, 'absent', '/no', () => ({ headers: { 'shell-cache-record': BUILD } })],
]

it.each(CASES)('refuses %s', async (_name, status, reason, path, init) => {
  await using app = await startOrigin()
  const response = await app.send(path, init(app))
  expect(verdict(response)).toBe(`refused; reason=${reason}`)
  expect(response.status).toBe(status)
  expect(await response.text()).toBe('')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(app.renders(), 'nothing was rendered').toBe(0)
})

it('ignores a wrong cookie of draft mode, as Next does (B28)', async () => {
  await using app = await startOrigin()
  const headers = { ...app.reference(app.home), cookie: '__prerender_bypass=x' }
  expect(verdict(await app.send('/', { headers }))).toMatch(/^resumed/)
})

it.each([
  ['another route', { route: '/q/[slug]', params: { slug: 'x' } }],
  ['another path of the route', { route: '/p/[slug]', params: { slug: 'b' } }],
  ['another path that a record of its own answers', { route: '/', params: {} }],
  ['a page with a parameter missing', { route: '/p/[slug]', params: {} }],
] as const)('refuses if Next leads the URL to %s (B27, B29)', async (_name, found) => {
  await using app = await startOrigin({ find: () => ({ ...found, shell: '', postponed: 'now' }) })
  const response = await app.send('/p/a', { headers: app.reference(app.a) })
  expect(verdict(response)).toBe('refused; reason=route')
  expect(app.renders()).toBe(0)
})

it('refuses the record of a path that another route answers now', async () => {
  const found = { route: '/[[...all]]', params: {}, shell: '<html>', postponed: 'now' }
  await using app = await startOrigin({ find: () => found })
  expect(verdict(await app.send('/', { headers: app.reference(app.home) }))).toBe('refused; reason=route')
  const asked = await app.send('/', { headers: { 'shell-cache-record': BUILD } })
  expect(verdict(asked)).toBe('refused; reason=unknown')
})

it.each([
  [404, 'absent', 404],
  [403, 'route', 409],
  [500, 'failed', 409],
])('refuses a page that Next would answer with %i', async (status, reason, answered) => {
  await using app = await startOrigin({ find: (path) => ({ ...(findPage(path) ?? NO_PAGE), status }) })
  const response = await app.send('/p/x', { headers: app.reference(app.fallback) })
  expect(verdict(response)).toBe(`refused; reason=${reason}`)
  expect(response.status).toBe(answered)
})
const NO_PAGE = { route: '/', shell: '', postponed: 'now' }

it('refuses a whole document that is no longer the one that Next has', async () => {
  await using app = await startOrigin({ find: () => ({ route: '/whole', shell: '<html>new', postponed: undefined }) })
  expect(verdict(await app.send('/whole', { headers: app.reference(app.whole) }))).toBe('refused; reason=expired')
})

it('refuses a record whose page has no holes any more', async () => {
  await using app = await startOrigin({ find: () => ({ route: '/', shell: '<html>whole', postponed: undefined }) })
  expect(verdict(await app.send('/', { headers: app.reference(app.home) }))).toBe('refused; reason=expired')
})

it('opens the seal of a sibling for no path but its own (B4)', async () => {
  await using app = await startOrigin()
  const digest = digestFor('elsewhere', 'state')
  const body = sealFor({ basePath: '', buildId: BUILD, key: '/p/a', route: '/p/[slug]', digest }, 'carried')
  expect(verdict(await app.send('/p/b', { headers: app.reference(digest), body }))).toBe('refused; reason=seal')
  expect(app.requests(), 'Next was not asked').toBe(0)
})

it('hands nothing to Next before digest or seal are good', async () => {
  await using app = await startOrigin()
  await app.send('/', { headers: app.reference(digestFor('x', 'y')), body: 'x' })
  await app.send('/old', { headers: app.reference(app.old) })
  expect(app.requests()).toBe(0)
})

type Answer = (response: ServerResponse) => void
const ANSWERS: readonly (readonly [name: string, reason: string, status: number, answer: Answer])[] = [
  ['denies with a page of its own', 'route', 409, (r) => r.writeHead(403, { 'x-secret': '1' }).end('secret')],
  ['answers 200 in the page’s place', 'route', 409, (r) => r.setHeader('content-type', 'text/html').end('secret')],
  ['throws', 'failed', 409, (r) => r.writeHead(500).end('secret')],
  ['knows no such page', 'absent', 404, (r) => r.writeHead(404).end('secret')],
  ['redirects without saying where', 'route', 409, (r) => r.writeHead(307).end('secret')],
]

it.each(ANSWERS)('lets nothing out if the proxy or Next %s (B27)', async (_name, reason, status, answer) => {
  await using app = await startOrigin({ find: () => undefined, otherwise: (_incoming, response) => answer(response) })
  const response = await app.send('/', { headers: app.reference(app.home) })
  expect(verdict(response)).toBe(`refused; reason=${reason}`)
  expect(response.status).toBe(status)
  expect(await response.text()).toBe('')
  expect(response.headers.get('x-secret')).toBeNull()
})

it('says where a redirect leads, with its cookies and without being one (B27)', async () => {
  await using app = await startOrigin({
    find: () => undefined,
    otherwise: (_incoming, response) => {
      response.setHeader('location', '/login?next=%2F')
      response.setHeader('set-cookie', ['a=1; Path=/', 'b=2'])
      response.statusCode = 307
      response.end('/login')
    },
  })
  const response = await app.send('/', { headers: app.reference(app.home) })
  expect(verdict(response)).toBe('refused; reason=route')
  expect(response.status).toBe(409)
  expect(response.headers.get('location')).toBe('/login?next=%2F')
  expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2'])
  expect(await response.text()).toBe('')
})
