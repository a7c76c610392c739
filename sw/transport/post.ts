// The request that the worker makes of the origin: a POST to the page's own URL, which shows the app what the visitor's navigation would
// have shown it.

import type { HeaderList } from '../../protocol/record/record.ts'
import { heard } from './switch.ts'

export function postToPage(
  request: Request,
  ours: HeaderList,
  body: Uint8Array<ArrayBuffer> | null = null,
  signal: AbortSignal | null = null,
): Promise<Response> {
  return fetch(request.url, {
    method: 'POST',
    headers: Object.fromEntries([...ours, ...shownHeaders(request)]),
    body,
    credentials: 'same-origin',
    redirect: 'manual',
    referrer: ownReferrer(request),
    referrerPolicy: request.referrerPolicy,
    signal,
  }).then(heard)
}

/** What the page could read of a plain navigation should be there on ours. */
function shownHeaders({ headers }: Request): HeaderList {
  return ['accept', 'accept-language', 'upgrade-insecure-requests'].flatMap((name): HeaderList => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value]]
  })
}

/**
 * Whether this origin started the navigation, as far as anybody can tell: an app's own policy may hide its pages, and a typed address has no
 * referrer, but neither has a link of another site that hides itself. A request of the worker's own is `same-origin` and carries
 * `SameSite=Strict` cookies (https://w3c.github.io/webappsec-fetch-metadata), which that link must not get: for whatever is rendered
 * to its visitor the browser's own request has to go out.
 */
export function isOwnNavigation(request: Request): boolean {
  return ownReferrer(request) !== ''
}

/** Where the visitor came from. Another site cannot be named by a fetch, which would name the worker's script instead. */
function ownReferrer({ referrer, url }: Request): string {
  return referrer.startsWith(`${new URL(url).origin}/`) ? referrer : ''
}
