// What a route answers with; and the responses that only the browser can handle: a server asks for a password (401 with
// `WWW-Authenticate`). Browsers open their sign-in dialog only for a navigation of their own, never for a worker's fetch, so a worker that
// passes on such a response locks its visitor out. Instead, it redirects the navigation to itself and lets it through.
//
//   must let through one navigation for each challenge: if the server asks again, the browser handles it, and there is no loop.

import { NotedUrls } from '../util/noted-urls.ts'

/** Starts the answer to a request. Rejects if the network does. */
export type Answer = () => Promise<Response>

const leftToBrowser = new NotedUrls()

/** The answer unchanged, or a redirect past the worker if only the browser can handle it. */
export function orPastWorker({ url }: Request, answer: Response): Response {
  if (answer.status !== 401 || !answer.headers.has('www-authenticate')) return answer
  void answer.body?.cancel().catch(() => {})
  leftToBrowser.add(url)
  return Response.redirect(url, 307)
}

/** Must be called once for each navigation, before anything else. */
export function isLeftToBrowser({ url, mode }: Pick<Request, 'url' | 'mode'>): boolean {
  return mode === 'navigate' && leftToBrowser.take(url)
}
