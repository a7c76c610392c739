// Proves that a deployment without holes is checked as far as possible. e2e checks real deployments (doctor.spec.ts).

import { once } from 'node:events'
import { createServer } from 'node:http'

import { expect, it } from 'vitest'

import { LIMITS } from '../../protocol/build/limits.ts'
import { toDigest } from '../../protocol/digest.ts'
import { MANIFEST_VERSION } from '../../protocol/build/manifest.ts'
import { encodeRecord } from '../../protocol/record/record-codec.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { diagnose } from './doctor.ts'

const DIGEST = toDigest(new Uint8Array(32))
const COMPONENT = '<script src="/_next/static/shell-cache/watch.a.js" async=""></script>'
const PAGE = `<!DOCTYPE html><html><body>whole${COMPONENT}</body></html>`
const RECORD: ShellRecord = {
  kind: 'static',
  buildId: 'build',
  digest: DIGEST,
  shellHash: DIGEST,
  key: '/',
  route: '/',
  status: 200,
  headers: [],
  lifetime: { revalidate: undefined, expire: undefined },
  tags: [],
  shell: toUtf8(PAGE),
}

type Files = Readonly<Record<string, readonly [type: string, body: string | Uint8Array]>>

const workerOf = (build: string, more: object = {}): Files[string] => {
  const config = { buildId: 'build', basePath: '', manifestUrl: `/manifest${build}.json`, ...more }
  return ['text/javascript', `//# shell-cache ${JSON.stringify(config)}`]
}

/**
 * @param keys - Keys of the pages that the build has published. All of them are `page`.
 * @param change - Files with another response.
 */
async function startSite(
  keys: readonly string[],
  page = PAGE,
  change: Files = {},
): Promise<AsyncDisposable & { readonly url: string }> {
  const entries = keys.map((key) => ({
    key,
    digest: DIGEST,
    url: '/record.txt',
    bytes: 1,
    cost: 1,
    weight: 1,
    hasParams: false,
    assets: [],
  }))
  const manifest = {
    version: MANIFEST_VERSION,
    buildId: 'build',
    entries,
    assets: [],
    lazy: [],
    hashes: {},
    weight: 1,
    images: [],
  }
  const files: Files = {
    '/sw.js': workerOf(''),
    '/manifest.json': ['application/json', JSON.stringify(manifest)],
    '/record.txt': ['text/plain', encodeRecord({ ...RECORD, shell: toUtf8(page) }, new Map())],
    ...change,
  }
  const server = createServer(({ url = '' }, response) => {
    const [type, body] = files[url.split('?', 1).join()] ?? ['text/html', page]
    response.writeHead(200, { 'content-type': type }).end(body)
  })
  await once(server.listen(0, 'localhost'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://localhost:${address.port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const examine = (url: string) => diagnose(url, false, { step: () => {}, end: () => {} })

it('gives the fields of --json their former names beside the new ones', async () => {
  await using site = await startSite(['/'], PAGE.replace(COMPONENT, ''))
  const { text } = await diagnose(site.url, true, { step: () => {}, end: () => {} })
  expect(JSON.parse(text)).toContainEqual({
    name: 'registration',
    status: 'fail',
    message: expect.stringContaining('<ShellCache />'),
    fix: expect.stringContaining('root layout'),
    verdict: 'mend',
    found: expect.stringContaining('<ShellCache />'),
    todo: expect.stringContaining('root layout'),
  })
})

it('continues if no page has holes', async () => {
  await using site = await startSite(['/', '/about'])
  const { text, passed } = await examine(site.url)
  for (const name of [
    'worker',
    'manifest',
    'scripts',
    'registration',
    'guard',
    'security headers',
    'page and record',
    'compression',
  ])
    expect(text).toMatch(new RegExp(`^✓ ${name}: `, 'm'))
  expect(text).toMatch(/^✓ resume: None of the pages that were tried has holes/m)
  expect(passed).toBe(true)
})

it.each<[string, string, object]>([
  ['a page that is off', LIMITS.off, { routes: [{ pattern: '/legacy', mode: 'off' }] }],
  [
    'a page of a pattern that leaves it to a rule',
    LIMITS.off,
    { routes: [{ pattern: '/[slug]', mode: 'instant', except: ['/legacy'] }] },
  ],
])('says of %s that it never has a shell', async (_name, message, more) => {
  await using site = await startSite(['/'], PAGE, { '/sw.js': workerOf('', more) })
  const { text, passed } = await examine(`${site.url}legacy`)
  expect(text).toContain(`? address: ${message}`)
  expect(passed).toBe(true)
})

it.each(['a%2Fb', 'a%5Cb', 'a%0Ab'])('says of an address with %s that it never has a shell', async (path) => {
  await using site = await startSite(['/'])
  expect((await examine(site.url + path)).text).toContain(`? address: ${LIMITS.spelling}`)
})

it('says which of two forms of an address has shells, and nothing of the other one', async () => {
  await using site = await startSite(['/', '/about'], PAGE, { '/sw.js': workerOf('', { trailingSlash: false }) })
  expect((await examine(`${site.url}about/`)).text).toContain(`? address: ${LIMITS.slash}`)
  expect((await examine(`${site.url}about`)).text).not.toContain('address')
})

it('says that the component was forgotten', async () => {
  await using site = await startSite(['/'], PAGE.replace(COMPONENT, ''))
  const { text, passed } = await examine(site.url)
  expect(text).toMatch(/^✗ registration: \/ has no `<ShellCache \/>`/m)
  expect(passed).toBe(false)
})

it('says why there is no page to check', async () => {
  await using site = await startSite(['/p/[slug]'])
  const { text, passed } = await examine(site.url)
  expect(text).toMatch(/^\? record: The build has published no page without parameters\. .*inspect` says why/m)
  expect(passed).toBe(true)
})

const WORKER_FILE = '/_next/static/shell-cache/sw.js'

it('knows a host that serves no rewrite to a static file by the file itself, below a path, too', async () => {
  await using site = await startSite(['/'], PAGE, { '/sw.js': ['text/html', 'none'], [WORKER_FILE]: workerOf('') })
  const { text } = await examine(new URL('/deep/page', site.url).href)
  expect(text).toBe(
    `✗ worker: ${WORKER_FILE} is there, but no worker answers at /sw.js: the host cannot rewrite to a static file. Set \`publicWorker: true\`. Then each build also writes the worker to public/sw.js.`,
  )
})

it('knows an old copy of the worker by the file of the build', async () => {
  await using site = await startSite(['/'], PAGE, { [WORKER_FILE]: workerOf('-of-another') })
  const { text, passed } = await examine(site.url)
  expect(text).toContain(`✗ worker: /sw.js and ${WORKER_FILE} are workers of different builds. Remove public/sw.js`)
  expect(passed).toBe(false)
})
