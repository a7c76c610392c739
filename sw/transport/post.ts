// The request that the worker sends to the origin: a POST to the page's own URL, which shows the app what the visitor's navigation would
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

/** The headers that the page could read from a plain navigation must be on the worker's request, too. */
function shownHeaders({ headers }: Request): HeaderList {
  return ['accept', 'accept-language', 'upgrade-insecure-requests'].flatMap((name): HeaderList => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value]]
  })
}

/**
 * Whether this origin started the navigation, as far as that can be told. The app's own policy may hide its pages, and a typed address has
 * no referrer, but neither has a link of another site that hides itself. The worker's own request is `same-origin` and carries
 * `SameSite=Strict` cookies (https://w3c.github.io/webappsec-fetch-metadata), which that link must not get: whatever is rendered for its
 * visitor must come from the browser's own request.
 */
export function isOwnNavigation(request: Request): boolean {
  return ownReferrer(request) !== ''
}

/** The page that the visitor came from. A fetch cannot name a page of another site: it would name the worker's script instead. */
function ownReferrer({ referrer, url }: Request): string {
  return referrer.startsWith(`${new URL(url).origin}/`) ? referrer : ''
}
