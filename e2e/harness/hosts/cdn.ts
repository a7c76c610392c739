// Serves the static files of a build from another origin, for `assetPrefix`. Browsers reach it by a reserved name (`Cdn.flag`),
// because a build must know the URL of its assets before there is a port.

import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'

export type Cdn = AsyncDisposable & {
  /** Makes Chromium resolve `http://cdn.test` to this server. */
  readonly flag: string
  /** The requested paths, in order. */
  readonly asked: readonly string[]
  /** Whether pages and workers of other origins may read the files (CORS). */
  isOpen: boolean
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' }
const STATIC = '/_next/static/'

export async function startCdn(distDir: string): Promise<Cdn> {
  const asked: string[] = []
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://cdn.test')
    asked.push(pathname)
    const file = join(distDir, 'static', pathname.slice(STATIC.length))
    if (!pathname.startsWith(STATIC) || !existsSync(file)) return response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
      ...(cdn.isOpen ? { 'access-control-allow-origin': '*' } : {}),
    })
    return response.end(readFileSync(file))
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the CDN has no port')
  const cdn: Cdn = {
    flag: `--host-resolver-rules=MAP cdn.test:80 localhost:${address.port}`,
    asked,
    isOpen: true,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
  return cdn
}
