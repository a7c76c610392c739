// An origin on a free port, in front of the stand-in for Next.

import type { Digest } from '../protocol/digest.ts'
import { createOrigin } from './index.ts'
import { BUILD, listen, type TestRecord, writeApp } from './test-app.ts'
import { type Behaviour, fakeNext } from './test-next.ts'

const RECORDS = [
  { key: '/', route: '/', state: 'home' },
  { key: '/p/[slug]', route: '/p/[slug]', state: 'fallback' },
  { key: '/p/a', route: '/p/[slug]', state: 'a' },
  { key: '/p/b', route: '/p/[slug]', state: 'b' },
  { key: '/old', route: '/old', state: 'old', expiresAt: 1 },
  { key: '/off', route: '/off', state: 'off' },
  { key: '/whole', route: '/whole', state: undefined },
] as const

/** @param manifest - Fields of the manifest that differ. @param more - Records in addition to those above. */
export async function startOrigin(behaviour: Behaviour = {}, manifest: object = {}, more: readonly TestRecord[] = []) {
  const app = await writeApp([...RECORDS, ...more], manifest)
  const origin = createOrigin({ dir: app.dir })
  const next = fakeNext(behaviour)
  const http = await listen((req, res) => void origin(req, res).then((ours) => ours || next.listener(req, res)))
  const reference = (digest: Digest, buildId = BUILD) => ({ 'shell-cache-resume': `${buildId}; shell=${digest}` })
  const send = (path: string, init: RequestInit & { headers: Record<string, string> }) =>
    fetch(http.url + path, { method: 'POST', redirect: 'manual', ...init })
  const [home, fallback, a, b, old, off, whole] = app.digests as [
    Digest,
    Digest,
    Digest,
    Digest,
    Digest,
    Digest,
    Digest,
  ]
  return {
    home,
    fallback,
    a,
    b,
    old,
    off,
    whole,
    reference,
    send,
    renders: next.renders,
    requests: next.requests,
    url: http.url,
    port: http.port,
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
    },
  }
}

/** Without the hash of the shell, which current.test.ts tests. */
export const verdict = (response: Response) =>
  withoutHash(response.headers.get('shell-cache-verdict') ?? undefined) ?? null
export const withoutHash = (said: string | undefined) => said?.replace(/; sha256=[\w-]{43}/, '')
