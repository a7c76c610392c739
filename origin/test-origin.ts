// An origin on a free port, over a small app whose entrypoint answers with what it was told. Shared by the gate's tests.

import type { Digest } from '../protocol/digest.ts'
import { createOrigin } from './index.ts'
import { BUILD, listen, writeApp } from './test-app.ts'

/** Answers with what it was told, and counts how often it was called. */
const ENTRYPOINT = `
exports.handler = async (req, res, { requestMeta }) => {
  globalThis.renders++
  res.setHeader('content-type', 'text/html; charset=utf-8')
  res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers, meta: requestMeta }))
}`
const RECORDS = [
  { key: '/', route: '/', state: 'home' },
  { key: '/p/[slug]', route: '/p/[slug]', state: 'fallback' },
  { key: '/p/a', route: '/p/[slug]', state: 'a' },
  { key: '/p/b', route: '/p/[slug]', state: 'b' },
  { key: '/old', route: '/old', state: 'old', expiresAt: 1 },
  { key: '/off', route: '/off', state: 'off' },
] as const

/** @param manifest - Fields of the manifest that are to differ. */
export async function startOrigin(entrypoint = ENTRYPOINT, manifest: object = {}) {
  const app = await writeApp({
    records: RECORDS,
    entrypoint,
    manifest,
    proxyPaths: ['^\\/account(?:\\/.*)?$', '^\\/p\\/guarded$'],
  })
  const origin = createOrigin({ dir: app.dir })
  const http = await listen(
    (req, res) => void origin(req, res).then((ours) => ours || res.writeHead(418).end('not ours')),
  )
  const reference = (digest: Digest, buildId = BUILD) => ({ 'shell-cache-resume': `${buildId}; shell=${digest}` })
  const send = (path: string, init: RequestInit & { headers: Record<string, string> }) =>
    fetch(http.url + path, { method: 'POST', redirect: 'manual', ...init })
  const [home, fallback, a, b, old, off] = app.digests as [Digest, Digest, Digest, Digest, Digest, Digest]
  return {
    home,
    fallback,
    a,
    b,
    old,
    off,
    reference,
    send,
    writeEntrypoint: app.writeEntrypoint,
    url: http.url,
    port: http.port,
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
    },
  }
}

export const verdict = (response: Response) => response.headers.get('shell-cache-verdict')
export const renders = () => Reflect.get(globalThis, 'renders')
