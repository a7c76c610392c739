// Whether this visitor is in draft mode: every page is then the network's, made for them. Known by a cookie that the origin sets beside
// Next's own (origin/next/draft-cookie.ts); a browser that lets no worker read cookies learns it from the origin's refusals.

import { DRAFT_COOKIE } from '../../protocol/wire.ts'
import { withDeadline } from '../util/deadline.ts'

/** As much of https://cookiestore.spec.whatwg.org as is asked. */
type CookieStore = { readonly get: (name: string) => Promise<object | null> }

/** Never rejects. @param milliseconds - What a browser has to answer: no more than the store. */
export async function isInDraftMode(milliseconds: number): Promise<boolean> {
  const cookies: CookieStore | undefined = Reflect.get(globalThis, 'cookieStore')
  try {
    return cookies !== undefined && (await withDeadline(cookies.get(DRAFT_COOKIE), milliseconds)) !== null
  } catch {
    return false
  }
}
