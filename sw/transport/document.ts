// Fetches the network's page for the bytes after the shell, if the origin refuses or is not ours.

import type { ShellRecord } from '../../protocol/record/record.ts'
import { DeadlineError, withDeadline } from '../util/async.ts'
import type { Rest } from './rest.ts'
import { heard } from './switch.ts'

/**
 * Never rejects: a network that does not answer is a result, too.
 *
 * @param late - The result if no response arrives in time. After `other` a reload may still get the page, and the page that is
 * already visible stays meanwhile.
 *
 * Do NOT pass `signal` on to fetch: a navigation request that is fetched with any option becomes a `same-origin` one with no
 * destination (https://fetch.spec.whatwg.org/#dom-request), and the server would no longer see a visitor.
 */
export async function fetchDocument(
  request: Request,
  signal: AbortSignal,
  milliseconds: number,
  late: 'other' | 'unreachable' = 'other',
): Promise<Rest> {
  const fetching = fetch(request).then(heard)
  try {
    const response = await withDeadline(fetching, milliseconds)
    if (!signal.aborted) return toRest(response)
    dropBody(response)
    return { kind: 'other', isForNow: true }
  } catch (error) {
    fetching.then(dropBody, () => {})
    if (!(error instanceof DeadlineError)) return { kind: 'unreachable' }
    return late === 'other' ? { kind: late, isForNow: true } : { kind: late }
  }
}

/** What a response that is not our origin's means for the shell before it. A server in trouble may soon recover. */
export function toRest(page: Response): Exclude<Rest, { readonly kind: 'resumed' }> {
  const { body, headers, ok, status } = page
  if (ok && body && isHtml(page)) return { kind: 'document', body: body.getReader(), headers, page }
  if (status < 500) return { kind: 'other', page }
  dropBody(page)
  return { kind: 'other', isForNow: true }
}

/** Not awaited: nothing of ours depends on a body that is not read. */
export function dropBody(response: Response | undefined): void {
  void response?.body?.cancel().catch(() => {})
}

/** Whether the network has a page there now. Never rejects; reads none of it. */
export async function hasDocument(request: Request, signal: AbortSignal, milliseconds: number): Promise<boolean> {
  const rest = await fetchDocument(request, signal, milliseconds)
  if ('page' in rest) dropBody(rest.page)
  if ('body' in rest) void rest.body.cancel().catch(() => {})
  return rest.kind === 'document'
}

/** Whether the network's response is exactly this page. Rejects if that cannot be told: the network or the server failed. */
export async function isPageOf({ shell }: ShellRecord, response: Response): Promise<boolean> {
  if (response.type === 'error' || response.status >= 500) throw new TypeError('there is no answer')
  if (!response.ok) {
    dropBody(response)
    return false
  }
  const page = new Uint8Array(await response.arrayBuffer())
  return page.length === shell.length && page.every((byte, at) => byte === shell[at])
}

export function isHtml(response: Response): boolean {
  return /^text\/html\b/.test(response.headers.get('content-type') ?? '')
}
