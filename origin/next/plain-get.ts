// An admitted request as Next sees it: the page's plain GET. The proxy, the router and the page must see nothing of ours.

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

import type { Admitted } from '../gate/admit.ts'

/** From here on the request is the page's plain GET, for the proxy, the router and the page (docs/architecture.md, invariant 4). */
export function showPlainGet(incoming: IncomingMessage, { target, headers }: Admitted): void {
  incoming.method = 'GET'
  incoming.url = target
  incoming.headers = asNavigation(headers)
}

/** What a browser would have said of the navigation itself; a client that says nothing of the kind still says nothing. */
function asNavigation(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers['sec-fetch-mode'] === undefined
    ? { ...headers }
    : { ...headers, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
}
