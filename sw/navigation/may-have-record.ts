// Whether the network's page is one that the origin may have a record of, so that asking for it is worth a request.

import { ELSEWHERE } from '../../protocol/build/route-match.ts'
import type { Navigation } from './eligible.ts'

/** What Next says of a page that it has prerendered. */
const PRERENDERED = ['x-nextjs-prerender', 'x-nextjs-postponed', 'x-nextjs-cache']

/** Where the table names no page for the address, only the answer tells whether one of the app's is there. */
export function mayHaveRecord({ ok, headers }: Response, { keys }: Pick<Navigation, 'keys'>): boolean {
  return ok && (keys.at(-1) !== ELSEWHERE || PRERENDERED.some((name) => headers.has(name)))
}
