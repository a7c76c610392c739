// Proves what the gate refuses and that a refusal renders nothing. Rows of reference/reliability.md 3.2 go by their number.

import { beforeEach, expect, it } from 'vitest'

import { createOrigin } from './index.ts'
import { BUILD, digestFor, listen, writeApp } from './test-app.ts'
import { renders, startOrigin, verdict } from './test-origin.ts'

beforeEach(() => Reflect.set(globalThis, 'renders', 0))

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
  ['B17 a placeholder as a path', 409, 'route', '/p/[slug]', (app) => ({ headers: app.reference(app.fallback) })],
  ['B17 an encoded placeholder', 409, 'route', '/p/%5Bslug%5D', (app) => ({ headers: app.reference(app.fallback) })],
  ['B18 a broken escape', 409, 'route', '/p/%E0%A4%A', (app) => ({ headers: app.reference(app.fallback) })],
  ['B18 an encoded slash', 409, 'route', '/p/a%2Fb', (app) => ({ headers: app.reference(app.fallback) })],
  ['B18 a control character', 409, 'route', '/p/%00', (app) => ({ headers: app.reference(app.fallback) })],
  ['B18 two slashes', 409, 'route', '//p/a', (app) => ({ headers: app.reference(app.a) })],
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
    'B28 a draft cookie, right or wrong',
    409,
    'bypass',
    '/',
    (app) => ({ headers: { ...app.reference(app.home), cookie: 'a=1; __prerender_bypass=x' } }),
  ],
  [
    'B29 a bot that reads no streamed metadata',
    409,
    'bypass',
    '/',
    (app) => ({ headers: { ...app.reference(app.home), 'user-agent': 'Slackbot 1.0' } }),
  ],
  ['B24 a PUT', 405, 'method', '/', (app) => ({ method: 'PUT', headers: app.reference(app.home) })],
  ['B24 a GET', 405, 'method', '/', (app) => ({ method: 'GET', headers: app.reference(app.home) })],
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
  ['B27 a path that a proxy guards', 409, 'proxy', '/account', (app) => ({ headers: app.reference(app.home) })],
  ['B27 a guarded path in other letters', 409, 'proxy', '/ACCOUNT/x', (app) => ({ headers: app.reference(app.home) })],
  [
    'B27 a guarded path in other escapes',
    409,
    'proxy',
    '/p/%67uarded',
    (app) => ({ headers: app.reference(app.fallback) }),
  ],
  ['B30 an expired record', 409, 'expired', '/old', (app) => ({ headers: app.reference(app.old) })],
  ['a route that is off', 409, 'route', '/off', (app) => ({ headers: app.reference(app.off) })],
  ['the other form of a path', 409, 'route', '/p/a/', (app) => ({ headers: app.reference(app.a) })],
]

it.each(CASES)('refuses %s', async (_name, status, reason, path, init) => {
  await using app = await startOrigin()
  const response = await app.send(path, init(app))
  expect(verdict(response)).toBe(`refused; reason=${reason}`)
  expect(response.status).toBe(status)
  expect(await response.text()).toBe('')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(renders(), 'nothing was rendered').toBe(0)
})

it('refuses a record of the path that another route rendered', async () => {
  await using app = await writeApp({ records: [{ key: '/x', route: '/y', state: 'x' }] })
  const origin = createOrigin({ dir: app.dir })
  await using http = await listen((req, res) => void origin(req, res))
  const headers = { 'shell-cache-resume': `${BUILD}; shell=${app.digests[0]}` }
  expect(verdict(await fetch(`${http.url}/x`, { method: 'POST', headers }))).toBe('refused; reason=route')
})
