// The browser's navigation preload as a way to the network: the page's GET, sent while the worker starts, which our origin answers
// with the rest alone where this browser has the shell (origin/preload.ts). Each is read once, by whoever asks first; what it was
// not good for is asked for as without it. Given to routes.ts by with-options.ts.
//
//   must leave no preload unread: Chromium says so on the console, and the server has rendered it for nobody;
//   must check what came before it is read: a network that is gone is a rejection, or a response of type `error` (Firefox, facts.md).

import type { Refusal } from '../../protocol/verdict.ts'
import { VERDICT_HEADER } from '../../protocol/wire.ts'
import { dropBody, isHtml } from './document.ts'
import type { Network } from './network.ts'
import { readAnswer, type ResumeAnswer, resumeRecord } from './resume.ts'

const preloads = new WeakMap<Request, Promise<Response | undefined>>()

/** To be called for every navigation, while its event is dispatched. */
export function rememberPreload({ request, preloadResponse }: Pick<FetchEvent, 'request' | 'preloadResponse'>): void {
  const arriving = Promise.resolve(preloadResponse).then(
    (response: unknown) => (response instanceof Response && response.type !== 'error' ? response : undefined),
    () => undefined,
  )
  preloads.set(request, arriving)
}

export const BY_PRELOAD: Network = {
  async askForRest(record, request, signal) {
    const response = await take(request)
    if (!response) return resumeRecord(record, request, signal)
    const answer = readAnswer(response, record)
    if (answer.kind === 'resumed') return answer
    if (isShortened(response)) {
      // Of another shell than this browser's.
      dropBody(response)
      return resumeRecord(record, request, signal)
    }
    if (response.ok && isHtml(response) && response.body) return { kind: 'document', body: response.body.getReader() }
    dropBody(response)
    return { kind: 'other' }
  },
  async askForVerdict(record, request, signal): Promise<ResumeAnswer> {
    const response = await preloads.get(request)
    if (!response) return resumeRecord(record, request, signal)
    if (isShortened(response)) return readAnswer(response, record)
    // Left for fetchPage, whatever it is; what it says of the record is what our origin would have said.
    return { kind: 'refused', reason: refusalIn(response), location: null }
  },
  async fetchPage(request) {
    const response = await take(request)
    if (response && !isShortened(response)) return response
    if (response) dropBody(response)
    return fetch(request)
  },
  async isCurrent({ shell }, request) {
    const response = await take(request)
    if (!response?.ok) return false
    const page = new Uint8Array(await response.arrayBuffer())
    return page.length === shell.length && page.every((byte, at) => byte === shell[at])
  },
}

/** A redirect has status 0 here: its target is the browser's to see. */
function refusalIn({ ok, status }: Response): Refusal {
  if (ok) return 'unknown'
  return status >= 500 ? 'failed' : 'route'
}

async function take(request: Request): Promise<Response | undefined> {
  const arriving = preloads.get(request)
  preloads.delete(request)
  return arriving
}

function isShortened(response: Response): boolean {
  return response.headers.has(VERDICT_HEADER)
}
