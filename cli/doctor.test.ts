// Proves that a deployment without a single hole is looked at as far as it goes. What real ones show is e2e's (doctor.spec.ts).

import { once } from 'node:events'
import { createServer } from 'node:http'

import { expect, it } from 'vitest'

import { toDigest } from '../protocol/digest.ts'
import { MANIFEST_VERSION } from '../protocol/manifest.ts'
import { encodeRecord } from '../protocol/record-codec.ts'
import type { ShellRecord } from '../protocol/record.ts'
import { toUtf8 } from '../protocol/utf8.ts'
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

/** @param keys - Of the pages that the build has published; all of them are this one. */
async function startSite(keys: readonly string[], page = PAGE): Promise<AsyncDisposable & { readonly url: string }> {
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
  const worker = { buildId: 'build', basePath: '', manifestUrl: '/manifest.json' }
  const files: Readonly<Record<string, readonly [type: string, body: string | Uint8Array]>> = {
    '/sw.js': ['text/javascript', `//# shell-cache ${JSON.stringify(worker)}`],
    '/manifest.json': ['application/json', JSON.stringify(manifest)],
    '/record.txt': ['text/plain', encodeRecord({ ...RECORD, shell: toUtf8(page) }, new Map())],
  }
  const server = createServer(({ url = '' }, response) => {
    const [type, body] = files[url] ?? ['text/html', page]
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

it('goes on if no page has holes', async () => {
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
