// A small built app on disk for the origin's unit tests: real records under real seals. test-next.ts stands in for Next.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { type Digest, digestInput, toDigest } from '../protocol/digest.ts'
import { inOrder } from '../protocol/build/route-order.ts'
import { ORIGIN_MANIFEST_VERSION } from '../protocol/build/origin-manifest.ts'
import { encodeRecord } from '../protocol/record/record-codec.ts'
import type { Segments, ShellRecord } from '../protocol/record/record.ts'
import { toUtf8 } from '../protocol/utf8.ts'
import { KEY, sealFor } from '../seal/test-seal.ts'

export const BUILD = 'build-1'
export function digestFor(html: string, state: string): Digest {
  return toDigest(
    createHash('sha256')
      .update(digestInput(toUtf8(html), toUtf8(state)))
      .digest(),
  )
}

export type TestRecord = {
  readonly key: string
  readonly route: string
  /** Undefined for a static page. */
  readonly state: string | undefined
  readonly shell?: string
  readonly expiresAt?: number
  readonly tags?: readonly string[]
  readonly segments?: Segments
}

export const SEGMENTS: Segments = new Map(['/_tree', '/_full'].map((name) => [name, toUtf8('built')]))

type TestApp = AsyncDisposable & { readonly dir: string; readonly folder: string; readonly digests: readonly Digest[] }

/** The draft mode cookie that the app's `prerender-manifest.json` names. */
export const DRAFT_TOKEN = 'draft-token'

/** The content of the file that a manifest names as `dictionary`: what the pages of test-next.ts repeat. */
export const DICTIONARY = '{"method":"GET","url":"/","state":"home","headers":{' + 'words of every page, '.repeat(20)

const [MAJOR = 0, MINOR = 0] = process.versions.node.split('.').map(Number)
/** Whether this Node compresses with a dictionary, by the versions that its documentation names. */
export const HAS_DICTIONARIES: boolean = (MAJOR === 22 && MINOR >= 19) || (MAJOR === 24 && MINOR >= 6) || MAJOR > 24

/** What starts the shells of this build. */
export const BOOT_SCRIPT = ' src="/start.js"'

/** @param manifest - Fields of the manifest that differ. */
export async function writeApp(records: readonly TestRecord[], manifest: object = {}): Promise<TestApp> {
  const dir = await mkdtemp(join(tmpdir(), 'shell-cache-origin-'))
  const folder = join(dir, '.next', 'server', 'shell-cache')
  await mkdir(folder, { recursive: true })
  const preview = { previewModeId: DRAFT_TOKEN }
  await writeFile(join(dir, '.next', 'prerender-manifest.json'), JSON.stringify({ preview }))
  const patterns = [...new Set(records.map(({ key, route }) => (route.includes('[') ? route : key)))]
  const basePath = 'basePath' in manifest ? String(manifest.basePath) : ''
  const known = await Promise.all(records.map((record) => writeRecord(folder, record, basePath)))
  const written = {
    version: ORIGIN_MANIFEST_VERSION,
    buildId: BUILD,
    builtAt: 0,
    basePath: '',
    key: 'file',
    routes: inOrder(
      patterns.map((pattern) => ({
        pattern,
        mode: pattern === '/off' ? 'off' : 'instant',
        route: records.find(({ key }) => key === pattern)?.route ?? pattern,
      })),
    ),
    bypassFor: [{ header: 'user-agent', value: '.*(?:Slackbot|Twitterbot).*' }],
    records: known,
    ...manifest,
  }
  await writeFile(join(folder, 'origin.json'), JSON.stringify(written))
  await writeFile(join(folder, 'key'), KEY)
  if ('dictionary' in manifest) await writeFile(join(folder, String(manifest.dictionary)), DICTIONARY)
  await mkdir(join(dir, 'node_modules'))
  await symlink(resolve('node_modules/next'), join(dir, 'node_modules', 'next'))
  return {
    dir,
    folder,
    digests: known.map(({ digest }) => digest),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  }
}

async function writeRecord(folder: string, written: TestRecord, basePath: string) {
  const { key, route, state, expiresAt, shell: html = `<html>${key}`, tags = [], segments = SEGMENTS } = written
  const digest = digestFor(html, state ?? '')
  const file = `${digest}.bin`
  const shell = toUtf8(html)
  const lifetime = { revalidate: undefined, expire: undefined }
  const base = {
    buildId: BUILD,
    digest,
    shellHash: digest,
    key,
    route,
    status: 200,
    headers: [],
    lifetime,
    tags: [],
    shell,
  }
  const record: ShellRecord =
    state === undefined
      ? { ...base, kind: 'static' }
      : {
          ...base,
          kind: 'resuming',
          resumeHeaders: [],
          bootScript: BOOT_SCRIPT,
          stateForm: 'sealed',
          state: sealFor({ basePath, buildId: BUILD, key, route, digest }, state, expiresAt),
        }
  await writeFile(join(folder, file), encodeRecord(record, segments))
  return { key, route, digest, file, tags }
}

/** A server on a free port. It closes at the end of the test, with all of its connections. */
export async function listen(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    server,
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
