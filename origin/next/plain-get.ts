// Turns an admitted request into the page's plain GET for Next. The proxy, the router and the page must see nothing of ours.

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

import type { Admitted } from '../gate/admit.ts'

/** From here on the request is the page's plain GET, for the proxy, the router and the page (docs/architecture.md, invariant 4). */
export function toPlainGet(incoming: IncomingMessage, { target, headers }: Admitted): void {
  incoming.method = 'GET'
  incoming.url = target
  incoming.headers = asNavigation(headers)
}

/**
 * Says what a browser would have said of the navigation itself; says nothing for a client that does not send such headers. The worker names
 * the page that a navigation came from if it is one of this origin. Otherwise it may be another site's: records are requested then, too.
 */
function asNavigation(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  if (headers['sec-fetch-mode'] === undefined) return { ...headers }
  const site = headers.referer === undefined ? { 'sec-fetch-site': 'cross-site' } : {}
  return { ...headers, ...site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
}
