// Secrets that the app `proxied` reads during its build and never shows, and the server that some of them come from. Each of them
// must be in the postponed state of /canary, or the scan for them would prove nothing.

import { once } from 'node:events'
import { createServer } from 'node:http'

export const CANARIES = [
  'CANARY-OF-USE-CACHE-5f1c',
  'CANARY-OF-UPSTREAM-BODY-77aa',
  'CANARY-OF-UPSTREAM-HEADER-0b3e',
  'CANARY-OF-UPSTREAM-COOKIE-c9d2',
] as const

export async function startUpstream(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((_incoming, response) => {
    response.setHeader('content-type', 'application/json')
    response.setHeader('x-token', CANARIES[2])
    response.setHeader('set-cookie', `session=${CANARIES[3]}`)
    response.end(JSON.stringify({ title: 'upstream', hidden: CANARIES[1] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the upstream has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
