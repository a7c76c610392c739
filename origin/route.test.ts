// Proves which form of a path is the app's own, below a base path too; every other form is a redirect and so the network's.

import { expect, it } from 'vitest'

import { createOrigin } from './index.ts'
import { BUILD, listen, writeApp } from './test-app.ts'

const ENTRYPOINT = "exports.handler = async (q, r) => { r.setHeader('content-type', 'text/html'); r.end(q.url) }"
const RECORDS = [
  { key: '/', route: '/', state: 's' },
  { key: '/p', route: '/p', state: 's' },
]

it.each([
  ['', false, 0, '/', true],
  ['', false, 1, '/p', true],
  ['', false, 1, '/p/', false],
  ['', true, 0, '/', true],
  ['', true, 1, '/p/', true],
  ['', true, 1, '/p', false],
  ['/docs', false, 0, '/docs', true],
  ['/docs', false, 0, '/docs/', false],
  ['/docs', false, 0, '/', false],
  ['/docs', false, 0, '/docsx', false],
  ['/docs', false, 1, '/docs/p', true],
  ['/docs', false, 1, '/p', false],
  ['/docs', true, 0, '/docs/', true],
  ['/docs', true, 0, '/docs', false],
  ['/docs', true, 1, '/docs/p/', true],
])('below %j with trailing slashes %s, record %i by %s: %s', async (basePath, trailingSlash, at, path, resumed) => {
  await using app = await writeApp({ records: RECORDS, entrypoint: ENTRYPOINT, basePath, trailingSlash })
  const origin = createOrigin({ dir: app.dir })
  await using http = await listen((incoming, response) => void origin(incoming, response))
  const headers = { 'shell-cache-resume': `${BUILD}; shell=${app.digests[at]}` }
  const response = await fetch(http.url + path, { method: 'POST', headers })
  expect(response.headers.get('shell-cache-verdict')).toMatch(resumed ? /^resumed/ : /^refused; reason=route$/)
  expect(await response.text()).toBe(resumed ? path : '')
})
