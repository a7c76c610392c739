// Serves a page of another site, on a loopback address so that it may frame the tested app.

import { once } from 'node:events'
import { createServer } from 'node:http'

/** 127.0.0.1 is another site than `localhost`, but also loopback: a public page cannot frame a loopback address (Chromium 156). */
export async function serveOnAnotherSite(html: string): Promise<AsyncDisposable & { readonly origin: string }> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the other site has no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}
