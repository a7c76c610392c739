// A small built app on disk for the origin's unit tests: real records under real seals, and an entrypoint that behaves as the
// test says. The real Next is e2e's.

import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'

import { type Digest, digestInput, toDigest } from '../protocol/digest.ts'
import { encodeRecord } from '../protocol/record-codec.ts'
import { toUtf8 } from '../protocol/utf8.ts'
import { additionalData, KEY_ID_INFO, packEnvelope, SEAL_KEY_INFO, type SealBinding } from '../protocol/seal-format.ts'

export const BUILD = 'build-1'
export const KEY = new Uint8Array(32).fill(7)

const derive = (info: string, bytes: number) => new Uint8Array(hkdfSync('sha256', KEY, '', info, bytes))

/** As adapter-plugin/seal.ts makes them; `deflated` stands in for a state that must never be inflated. */
export function sealFor(
  binding: SealBinding,
  state: string,
  expiresAt = 0,
  deflated: Uint8Array = deflateRawSync(state),
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derive(SEAL_KEY_INFO, 32), nonce).setAAD(
    additionalData(binding, expiresAt),
  )
  const ciphertext = Buffer.concat([cipher.update(deflated), cipher.final()])
  return packEnvelope({ keyId: derive(KEY_ID_INFO, 8), expiresAt, nonce, ciphertext, tag: cipher.getAuthTag() })
}

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
  readonly state: string
  readonly expiresAt?: number
}

type TestApp = AsyncDisposable & {
  readonly dir: string
  readonly digests: readonly Digest[]
  readonly writeEntrypoint: (source: string) => Promise<void>
}

/** The entrypoint's source is CommonJS, as Next's are. */
export async function writeApp(options: {
  readonly records?: readonly TestRecord[]
  readonly entrypoint?: string
  readonly basePath?: string
  readonly proxyPaths?: readonly string[]
  readonly trailingSlash?: boolean
  /** Fields of the manifest that are to differ. */
  readonly manifest?: object
}): Promise<TestApp> {
  const {
    records = [],
    entrypoint = "exports.handler = async (_req, res) => res.end('x')",
    basePath = '',
    proxyPaths = [],
    trailingSlash = false,
  } = options
  const dir = await mkdtemp(join(tmpdir(), 'shell-cache-origin-'))
  const folder = join(dir, '.next', 'server', 'shell-cache')
  await mkdir(folder, { recursive: true })
  // What next-build.ts asks of Next itself.
  await mkdir(join(dir, 'node_modules', 'next', 'dist', 'build', 'adapter'), { recursive: true })
  await writeFile(join(dir, 'node_modules', 'next', 'dist', 'build', 'adapter', 'setup-node-env.external.js'), '')
  await writeFile(join(dir, 'package.json'), '{}')
  const required = { config: { htmlLimitedBots: 'Slackbot|Twitterbot' } }
  await writeFile(join(dir, '.next', 'required-server-files.json'), JSON.stringify(required))
  const writeEntrypoint = (source: string) => writeFile(join(dir, '.next', 'server', 'page.js'), source)
  await writeEntrypoint(entrypoint)
  const patterns = [...new Set(records.map(({ key, route }) => (route.includes('[') ? route : key)))]
  const known = await Promise.all(records.map((record) => writeRecord(folder, record)))
  const manifest = {
    version: 1,
    buildId: BUILD,
    basePath,
    trailingSlash,
    compress: false,
    key: 'file',
    routes: patterns.map((pattern) => ({ pattern, mode: pattern === '/off' ? 'off' : 'instant' })),
    entrypoints: patterns.map((pattern) => ({ pattern, route: pattern, file: 'server/page.js' })),
    proxyPaths,
    records: known,
    ...options.manifest,
  }
  await writeFile(join(folder, 'origin.json'), JSON.stringify(manifest))
  await writeFile(join(folder, 'key'), KEY)
  return {
    dir,
    writeEntrypoint,
    digests: known.map(({ digest }) => digest),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  }
}

async function writeRecord(folder: string, { key, route, state, expiresAt }: TestRecord) {
  const html = `<html>${key}`
  const digest = digestFor(html, state)
  const file = `${digest}.bin`
  const sealedState = sealFor({ buildId: BUILD, key, route, digest }, state, expiresAt)
  const shell = toUtf8(html)
  const base = { buildId: BUILD, digest, shellHash: digest, key, route, status: 200, headers: [], resumeHeaders: [] }
  const lifetime = { revalidate: undefined, expire: undefined }
  await writeFile(join(folder, file), encodeRecord({ ...base, kind: 'resuming', lifetime, shell, sealedState }))
  return { key, route, digest, file }
}

/** A server on a free port, gone at the end of the test with all of its connections. */
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
