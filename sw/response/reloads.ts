// Recognises reloads that recovery tails have asked for, if the request itself does not say that it is one: in WebKit it looks like any
// visit (`cache` is `default`, WebKitGTK 2.50; e2e/specs/failures/faults.spec.ts sees it there). Without this, a page whose resume breaks
// each time would reload endlessly. Also keeps the response for such a reload: the page that showed that the shell is outdated is already
// here, so the server does not have to render it again.
//
//   must give a page only to the reload that follows it: it was made for one visitor, at one moment;
//   must drop the page if the reload does not come.

import { dropBody } from '../transport/document.ts'
import type { Network } from '../transport/plain.ts'
import type { ByteSource } from '../transport/rest.ts'
import { withoutTransport } from '../transport/resume.ts'
import { deferred } from '../util/async.ts'
import { NotedUrls } from '../util/noted-urls.ts'
import { KEPT_PAGE_MS } from '../util/timeouts.ts'

/** A response that has not been read yet. */
export type Kept = {
  readonly page: Response
  /** Settles when the body has been read or dropped. The worker has to live until then. Never rejects. */
  readonly ended: Promise<unknown>
}

const expected = new NotedUrls()
const kept = new Map<string, Kept>()

/** Must be called before the tail is sent. @param page - The response for the reload. */
export function expectReload(url: string, page?: Kept): void {
  expected.add(url)
  if (!page) return
  dropBody(takePage(url)?.page)
  kept.set(url, page)
  setTimeout(() => kept.get(url) === page && dropBody(takePage(url)?.page), KEPT_PAGE_MS)
}

/** Whether this visit to the URL is the reload that a tail asked for. The next visit is an ordinary one again. */
export function isExpectedReload(url: string): boolean {
  return expected.take(url)
}

/** Must be called for each navigation. @param isRepeat - Whether its request itself says that it is a reload. */
export function pageForReload(url: string, isRepeat: boolean): Kept | undefined {
  const page = takePage(url)
  if (isRepeat) return page
  dropBody(page?.page)
  return undefined
}

/** The network of a reload whose page is already here. */
export function answeredBy({ page }: Kept, network: Network): Network {
  return {
    ...network,
    async fetchPage(request) {
      void network.sentPage(request).then(dropBody)
      return page
    },
  }
}

/** Called when the visitor may be another one from now on. */
export function dropPages(): void {
  for (const url of kept.keys()) dropBody(takePage(url)?.page)
}

function takePage(url: string): Kept | undefined {
  const page = kept.get(url)
  kept.delete(url)
  return page
}

/** A response whose body the browser reads by itself. */
export function asItCame(page: Response): Kept {
  return { page, ended: Promise.resolve() }
}

/** The whole page, unchanged. @param read - What was already read of it. @param rest - Reads the remainder. */
export function unread(page: Response, read: readonly Uint8Array[], rest: ByteSource): Kept {
  const begun = [...read]
  const ended = deferred<void>()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = begun.shift()
      if (chunk) return controller.enqueue(chunk)
      // Never an error: Chromium would stay at readyState "loading" forever (docs/discoveries/browsers.md).
      const next = await rest.read().catch(() => undefined)
      if (next?.value) return controller.enqueue(next.value)
      ended.resolve()
      controller.close()
    },
    cancel() {
      ended.resolve()
      // Not immediately, for the same reason as in splice.ts.
      setTimeout(() => void rest.cancel().catch(() => {}))
    },
  })
  const { status, statusText, headers } = page
  return { page: new Response(body, { status, statusText, headers: withoutTransport(headers) }), ended: ended.promise }
}
