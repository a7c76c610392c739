// Fetches the dictionary of this build, with which the browser decompresses later rests (RFC 9842). The origin names it on a rest that
// would have been shorter with it. Once it is fetched, the browser itself keeps it and says so with each navigation preload.
//
//   must cost a first visit nothing, and must not compete with anything that a page waits for.

import { DICTIONARY_HEADER } from '../../protocol/wire.ts'
import { isSaving } from '../util/connection.ts'

let named = ''
let fetched = ''

/** Must be called with every response to a preload. */
export function noteDictionary({ headers }: Response): void {
  named = headers.get(DICTIONARY_HEADER) ?? named
}

/**
 * Must be called when a page has loaded. Fetches each named dictionary once: if the browser does not keep it, each rest names it again.
 * Never rejects.
 */
export async function fetchDictionary(): Promise<void> {
  if (named === fetched || isSaving()) return
  fetched = named
  // Must be read to its end, or the browser does not store it.
  await fetch(named, { mode: 'same-origin', priority: 'low' })
    .then((response) => response.arrayBuffer())
    .catch(() => {})
}
