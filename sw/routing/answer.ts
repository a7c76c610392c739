// What a route answers with; and answers that only the browser can deal with: a server that asks for a password (401 with `WWW-Authenticate`). Browsers open their sign-in
// dialog for a navigation of their own alone, never for what a worker fetches, so that a worker which hands such an answer on locks its
// visitor out. The navigation is redirected to itself, and let through.
//
//   must let through one navigation for each challenge: a server that goes on asking is asked by the browser, not in circles.

import { NotedUrls } from '../util/noted-urls.ts'

/** Begins the answer to a request. Rejects where the network does. */
export type Answer = () => Promise<Response>

const leftToBrowser = new NotedUrls()

/** The answer as it is, or a redirect past the worker where only the browser can deal with it. */
export function orPastWorker({ url }: Request, answer: Response): Response {
  if (answer.status !== 401 || !answer.headers.has('www-authenticate')) return answer
  void answer.body?.cancel().catch(() => {})
  leftToBrowser.add(url)
  return Response.redirect(url, 307)
}

/** To be asked once for each navigation, before anything else. */
export function isLeftToBrowser({ url, mode }: Pick<Request, 'url' | 'mode'>): boolean {
  return mode === 'navigate' && leftToBrowser.take(url)
}
