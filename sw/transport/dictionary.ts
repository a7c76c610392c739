// What the browser decompresses later rests with (RFC 9842): the dictionary of this build. The origin names it on a rest that would have been
// shorter with it; once fetched, the browser keeps it and says so with each navigation preload, in no word of ours.
//
//   must cost a first visit nothing, and stand beside nothing that a page waits for.

import { DICTIONARY_HEADER } from '../../protocol/wire.ts'
import { isSaving } from '../util/connection.ts'

let named = ''
let fetched = ''

/** To be called with every answer to a preload. */
export function noteDictionary({ headers }: Response): void {
  named = headers.get(DICTIONARY_HEADER) ?? named
}

/** To be called when a page has loaded. Once for each that is named: where the browser does not keep it, each rest names it again. Never rejects. */
export async function fetchDictionary(): Promise<void> {
  if (named === fetched || isSaving()) return
  fetched = named
  // Read to its end, or the browser does not have it.
  await fetch(named, { mode: 'same-origin', priority: 'low' })
    .then((response) => response.arrayBuffer())
    .catch(() => {})
}
