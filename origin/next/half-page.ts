// Fixes the response to a form that was sent before its page ran. Next runs the action, and renders the page from the state of its shell
// without the shell (16.4.6, `app-page-runtime.js`; https://github.com/vercel/next.js/issues/92992): a blank page. The earlier a form is
// visible, the more often this happens. The browser is redirected to the page instead.
//
//   must change no other response, and keep the cookies of this one;
//   must not run the action again: 303 is a GET;
//   must lead nowhere else: a target that begins with two slashes names another host.

import type { IncomingMessage, ServerResponse } from 'node:http'

const FORM = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i
/** `NEXT_IS_PRERENDER_HEADER` of Next's `client/components/app-router-headers.js`. */
const PRERENDERED = 'x-nextjs-prerender'
const OWN_PATH = /^\/(?![/\\])/

/** A server action of a page that does not run yet, as far as the request's head tells (`getIsPossibleServerAction` of Next). */
export function isEarlyForm({ method, url = '', headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    headers['next-action'] === undefined &&
    FORM.test(headers['content-type'] ?? '') &&
    OWN_PATH.test(url)
  )
}

/** Must be called before Next has the request. */
export function redirectHalfPage(incoming: IncomingMessage, response: ServerResponse): void {
  const target = incoming.url ?? '/'
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
  const { setHeader } = response
  response.setHeader = (name: string, value: unknown) => {
    const set: ServerResponse = Reflect.apply(setHeader, response, [name, value])
    if (name.toLowerCase() !== PRERENDERED) return set
    response.setHeader = setHeader
    watchBeginning(response, target)
    return set
  }
}

/** Called only after Next has found a page: by then the compression is below this, and sees what is sent instead. */
function watchBeginning(response: ServerResponse, target: string): void {
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
  const { write, end, flushHeaders } = response
  let isHalf: boolean | undefined
  const isReplaced = (chunk: unknown): boolean => {
    if (isHalf === undefined && isPage(response) && !beginsDocument(chunk)) {
      response.statusCode = 303
      response.setHeader('location', target)
      response.removeHeader('content-type')
      Reflect.apply(end, response, [])
      return (isHalf = true)
    }
    return (isHalf ??= false)
  }
  Object.assign(response, {
    // Next sends the head before the first bytes, and those decide.
    flushHeaders: () => (isHalf === false || !isPage(response)) && Reflect.apply(flushHeaders, response, []),
    write: (...args: unknown[]) => isReplaced(args[0]) || Reflect.apply(write, response, args),
    end: (...args: unknown[]) => (isReplaced(args[0]) ? response : Reflect.apply(end, response, args)),
  })
}

function isPage(response: ServerResponse): boolean {
  const type = String(response.getHeader('content-type') ?? '')
  return !response.headersSent && response.statusCode === 200 && type.startsWith('text/html')
}

/** Every document of Next begins with its doctype; a response without a byte is not half a document. */
function beginsDocument(chunk: unknown): boolean {
  const bytes = typeof chunk === 'string' || chunk instanceof Uint8Array ? Buffer.from(chunk) : undefined
  return bytes === undefined || bytes.subarray(0, 2).toString() === '<!'
}
