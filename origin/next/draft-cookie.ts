// Tells the browser that draft mode is on, or off again: Next's own cookie is HttpOnly, and the worker would show an editor what is
// published. Our cookie has the same lifetime as Next's. Both belong to the whole origin: what another app on it has set
// is not ours to judge.
//
//   must change no other response, and nothing else of this one;
//   must remove our cookie if Next's is gone.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { DRAFT_COOKIE } from '../../protocol/wire.ts'

/** `COOKIE_NAME_PRERENDER_BYPASS` of Next's `server/api-utils/index.js`, whose value is empty when draft mode is turned off. */
const NEXTS = /^__prerender_bypass=([^;]*)(.*)$/i
const KEPT = /;\s*(?:secure|expires=[^;]*|max-age=[^;]*)/gi
const GONE = `${DRAFT_COOKIE}=; Path=/; Max-Age=0`

/** Must be called once for each request, before Next has it. */
export function tellDraft({ headers: { cookie = '' } }: IncomingMessage, response: ServerResponse): void {
  const isOver = cookie.includes(`${DRAFT_COOKIE}=`) && !cookie.includes('__prerender_bypass=')
  // oxlint-disable-next-line typescript/unbound-method -- applied to the response again below
  const { writeHead } = response
  Object.assign(response, {
    writeHead(...args: unknown[]): unknown {
      const told = draftCookie(cookiesOf(response)) ?? (isOver ? GONE : undefined)
      if (told !== undefined && !response.headersSent) response.appendHeader('set-cookie', told)
      return Reflect.apply(writeHead, response, args)
    },
  })
}

/** Our cookie for the last of Next's; undefined if Next sets none. */
export function draftCookie(cookies: readonly string[]): string | undefined {
  const [, value, attributes = ''] = cookies.map((cookie) => NEXTS.exec(cookie)).findLast(Boolean) ?? []
  if (value === undefined) return undefined
  return value === '' ? GONE : `${DRAFT_COOKIE}=1; Path=/; SameSite=Lax${(attributes.match(KEPT) ?? []).join('')}`
}

function cookiesOf(response: ServerResponse): readonly string[] {
  return [response.getHeader('set-cookie') ?? []].flat().map(String)
}
