// Has Next render the holes of one record, into the response. Called by handle.ts, with a state that was opened for this very
// request: the types allow no other.

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

import type { NextBuild } from './next-build.ts'
import type { Opened } from './unseal.ts'

/**
 * Settles when the response has ended or its client has gone. Rejects where Next throws.
 *
 * `minimalMode` beside the state makes Next send the resumed part alone, also for a dynamic route with a fallback shell,
 * where it would send the whole document (facts.md, trap). It must never be set without a state.
 */
export async function resume(
  opened: Opened,
  incoming: IncomingMessage,
  response: ServerResponse,
  build: NextBuild,
): Promise<void> {
  const { entrypoint, allowed } = opened.resolved
  const handler = await build.loadEntrypoint(entrypoint.file)
  showPlainGet(incoming, allowed.admitted)
  const gone = whenClosed(response)
  const rendered = handler(incoming, response, {
    waitUntil: (work) => void work.catch(() => {}),
    requestMeta: {
      postponed: opened.postponedState,
      minimalMode: true,
      relativeProjectDir: build.relativeProjectDir,
    },
  })
  await Promise.race([rendered, gone])
  await gone
}

/** The page sees what it would see of the plain document's request (design.md, invariant 4). */
function showPlainGet(incoming: IncomingMessage, shown: Shown): void {
  incoming.method = 'GET'
  incoming.url = shown.target
  incoming.headers = { ...forwardedBy(incoming), ...asNavigation(shown.headers) }
}

type Shown = { readonly target: string; readonly headers: IncomingHttpHeaders }

/** What a browser would have said of the navigation itself; a client that says nothing of the kind still says nothing. */
function asNavigation(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers['sec-fetch-mode'] === undefined
    ? headers
    : { ...headers, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
}

/** As Next's own server adds them where no proxy in front did (`base-server.js`, handleRequest). */
function forwardedBy({ headers, socket }: IncomingMessage): IncomingHttpHeaders {
  const isHttps = 'encrypted' in socket && socket.encrypted === true
  return {
    'x-forwarded-host': headers.host,
    'x-forwarded-port': String(socket.localPort ?? (isHttps ? 443 : 80)),
    'x-forwarded-proto': isHttps ? 'https' : 'http',
    'x-forwarded-for': socket.remoteAddress,
  }
}

function whenClosed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed) resolve()
    else response.once('close', resolve)
  })
}
