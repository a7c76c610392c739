// The rows of the bad-input matrix, as requests to the app `proxied`. gate.spec.ts sends each once and examines the response; soak.spec.ts
// sends all of them many times.

import { randomBytes } from 'node:crypto'
import { deflateRawSync, gzipSync } from 'node:zlib'

import { asDigest } from '../../../protocol/digest.ts'
import type { OriginFiles } from '../../harness/origin-files.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { appFolder } from '../../harness/paths.ts'
import type { RawRequest } from '../../harness/raw.ts'

/** A request and its expected response. `reason` is undefined if Node itself answers, before any code of the app. */
export type Row = {
  readonly name: string
  readonly request: RawRequest
  readonly status: number
  readonly reason: string | undefined
}

/** A page whose proxy lets everybody through and whose hole logs each render. */
const PAGE = '/echo/known'
const UNKNOWN = asDigest('A'.repeat(43))

/** @param elsewhere - The URL of a server that streams endlessly. */
export async function badInput(files: OriginFiles, elsewhere: string): Promise<readonly Row[]> {
  const { manifest, reference, sealedState, seal } = files
  const { buildId } = manifest
  if (!UNKNOWN) throw new Error('not a digest')
  const known = reference(PAGE)
  const foreign = { 'shell-cache-resume': `${buildId}; shell=${UNKNOWN}` }
  const state = await sealedState(PAGE)
  const binding = { basePath: '', buildId, key: PAGE, route: '/echo/[slug]', digest: UNKNOWN }
  const { preview } = JSON.parse(await readFile(join(appFolder('proxied'), '.next', 'prerender-manifest.json'), 'utf8'))
  const row = (name: string, status: number, reason: string | undefined, request: Partial<RawRequest>): Row => {
    return { name, status, reason, request: { path: PAGE, ...request } }
  }
  const bent = (at: number): Uint8Array => state.map((byte, index) => (index === at ? byte ^ 1 : byte))
  return [
    row('B1 no id', 400, 'malformed', { headers: { 'shell-cache-resume': '' } }),
    row('B1 a malformed id', 400, 'malformed', { headers: { 'shell-cache-resume': `${buildId}; shell=x` } }),
    row('B1 an unknown version', 400, 'malformed', {
      headers: { 'shell-cache-resume': `2; ${buildId}; shell=${UNKNOWN}` },
    }),
    row('B2 an unknown digest', 409, 'unknown', { headers: foreign }),
    row('B3 another route’s record', 409, 'route', { headers: reference('/open') }),
    row('B3 another route’s seal', 403, 'seal', { headers: foreign, body: await sealedState('/open') }),
    row('B4 a sibling’s record', 409, 'route', { path: '/echo/other', headers: known }),
    row('B4 a sibling’s seal', 403, 'seal', {
      path: '/echo/other',
      headers: foreign,
      body: seal(binding, 'x'),
    }),
    row('B5 another build', 409, 'build', { headers: { 'shell-cache-resume': `old; shell=${UNKNOWN}` } }),
    row('B6 an empty state', 409, 'unknown', { headers: { ...foreign, 'content-length': 0 } }),
    row('B7 an empty pair', 403, 'seal', { headers: foreign, body: '4:nullnull' }),
    row('B7 garbage', 403, 'seal', { headers: foreign, body: randomBytes(500) }),
    row('B7 a colon', 403, 'seal', { headers: foreign, body: ':' }),
    row('B7 a huge length', 403, 'seal', { headers: foreign, body: `${'9'.repeat(200)}:x` }),
    row('B8 a state cut short', 403, 'seal', { headers: foreign, body: state.subarray(0, state.length / 2) }),
    row('B9 an altered byte', 403, 'seal', { headers: foreign, body: bent(60) }),
    row('B10 an altered tag', 403, 'seal', { headers: foreign, body: bent(state.length - 1) }),
    row('B11 an altered expiry', 403, 'seal', { headers: foreign, body: bent(16) }),
    row('B12 an altered key id', 403, 'seal', { headers: foreign, body: bent(3) }),
    row('B13 a bomb without a seal', 403, 'seal', { headers: foreign, body: deflateRawSync(Buffer.alloc(50_000_000)) }),
    row('B13 a bomb under another key', 403, 'seal', {
      headers: foreign,
      body: seal({ ...binding, key: '/' }, '', 0, deflateRawSync(Buffer.alloc(50_000_000))),
    }),
    row('B14 a body over the limit', 413, 'size', { headers: known, body: Buffer.alloc(1024 * 1024 + 1) }),
    row('B14 a body over the limit, in chunks', 413, 'size', {
      headers: { ...known, 'transfer-encoding': 'chunked' },
      body: Buffer.alloc(1024 * 1024 + 1),
    }),
    row('B15 a compressed body', 415, 'encoding', {
      headers: { ...foreign, 'content-encoding': 'gzip' },
      body: gzipSync(state),
    }),
    row('B15 a body in brotli', 415, 'encoding', { headers: { ...foreign, 'content-encoding': 'br' }, body: 'x' }),
    row('B17 a placeholder', 404, 'absent', { path: '/echo/[slug]', headers: reference('/echo/[slug]') }),
    row('B17 an encoded placeholder', 404, 'absent', { path: '/echo/%5Bslug%5d', headers: reference('/echo/[slug]') }),
    ...[
      '/echo/%E0%A4%A',
      '/echo/%00',
      '//echo/known',
      '/echo/../echo/known',
      '/echo/%2e%2e/x',
      '/echo/a%2Fb',
      '/echo/a%5Cb',
      '/echo//known',
    ].map((path) => row(`B18 ${path}`, 400, 'malformed', { path, headers: reference('/echo/[slug]') })),
    row('B18 a fragment', 400, 'malformed', { path: '/echo/known#x', headers: known }),
    row('B18 a whole URL', 400, 'malformed', { path: 'http://localhost/echo/known', headers: known }),
    row('B22 Next’s own protocol beside ours', 409, 'unknown', { headers: { ...foreign, 'next-resume': '1' } }),
    row('B23 a server action', 409, 'bypass', { headers: { ...known, 'next-action': 'x' }, body: '[]' }),
    row('B23 a form with files', 409, 'bypass', {
      headers: { ...known, 'content-type': 'Multipart/Form-Data; boundary=x' },
      body: '--x--',
    }),
    row('B25 another site', 403, 'foreign', { headers: { ...known, 'sec-fetch-site': 'cross-site' } }),
    row('B25 a sibling origin', 403, 'foreign', { headers: { ...known, 'sec-fetch-site': 'same-site' } }),
    row('B25 a form', 403, 'foreign', {
      headers: { ...known, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' },
    }),
    row('B25 a fetch that no one may read', 403, 'foreign', {
      headers: { ...known, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' },
    }),
    row('B27 a stranger', 409, 'route', { path: '/account', headers: reference('/account') }),
    row('B27 a stranger in other escapes', 409, 'route', { path: '/%61ccount', headers: reference('/account') }),
    row('B27 somebody whom the proxy denies', 409, 'route', {
      path: '/account',
      headers: { ...reference('/account'), cookie: 'session=banned' },
    }),
    row('B27 a proxy that throws', 409, 'failed', {
      path: '/account',
      headers: { ...reference('/account'), cookie: 'session=broken' },
    }),
    row('B28 the cookie of draft mode', 409, 'bypass', {
      headers: { ...known, cookie: `__prerender_bypass=${preview.previewModeId}` },
    }),
    row('B29 a bot', 409, 'bypass', { headers: { ...known, 'user-agent': 'Mozilla/5.0 (compatible; Bingbot/2.0)' } }),
    row('B30 an expired seal', 409, 'expired', { headers: foreign, body: seal(binding, 'x', 1) }),
    row('B31 the header twice', 400, 'malformed', {
      headers: { 'shell-cache-resume': [known['shell-cache-resume'], known['shell-cache-resume']] },
    }),
    row('B31 more ids than a head may hold', 431, undefined, {
      headers: { 'shell-cache-resume': Array.from({ length: 400 }, () => known['shell-cache-resume']).join(', ') },
    }),
    row('B31 a hundred ids', 400, 'malformed', {
      headers: { 'shell-cache-resume': Array.from({ length: 100 }, () => known['shell-cache-resume']).join(', ') },
    }),
    row('a record for a stranger', 409, 'route', { path: '/account', headers: { 'shell-cache-record': buildId } }),
    row('a record of another build', 409, 'build', { headers: { 'shell-cache-record': 'old' } }),
    ...[reference('/open'), { 'shell-cache-record': buildId }].flatMap((headers) => [
      ...['/api/stream/timer', '/api/stream/silent', '/streamed/timer', '/streamed/pull'].map((path) =>
        row(`a stream at ${path}`, 409, 'route', { path, headers }),
      ),
      row('a stream of another host', 409, 'route', {
        path: '/elsewhere',
        headers: { ...headers, cookie: `elsewhere=${encodeURIComponent(elsewhere)}` },
      }),
    ]),
  ]
}
