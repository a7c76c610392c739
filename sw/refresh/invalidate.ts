// Reads from a response what the request has changed on the server, before the page gets it, so that the visitor's next navigation shows
// their own write (docs/architecture.md, invariant 8).
//
//   must have written its mark when the response reaches the page;
//   must not change the response, and must not make it fail.

import { type Invalidated, parseInvalidated, type TagHash, toTagHash } from '../../protocol/record/tags.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { INVALIDATE_HEADER } from '../../protocol/wire.ts'
import { markInvalidated } from '../store/marks.ts'

/** Next's `NEXT_ACTION_REVALIDATED_HEADER`, and its value if more than the action's own page has changed. */
const ACTION_HEADER = 'x-action-revalidated'
const STATIC_AND_DYNAMIC = '1'

/** Resolves to the response once its changes are noted. Rejects as `answering` does: then it is unknown what became of the write. */
export async function noted(answering: Promise<Response>): Promise<Response> {
  try {
    const response = await answering
    const changed = readInvalidated(response.headers)
    if (changed === 'everything' || changed.length > 0) await invalidate(changed)
    return response
  } catch (error) {
    await invalidate('everything')
    throw error
  }
}

/** Our header is precise. Next's own says only that something was revalidated. */
export function readInvalidated(headers: Headers): Invalidated {
  const named = headers.get(INVALIDATE_HEADER)
  if (named !== null) return parseInvalidated(named)
  return headers.get(ACTION_HEADER) === STATIC_AND_DYNAMIC ? 'everything' : []
}

/** Never rejects: a mark that is not stored in time invalidates everything (marks.ts). */
export async function invalidate(changed: Invalidated): Promise<void> {
  const tags = changed === 'everything' ? changed : await Promise.all(changed.map(hashOfTag))
  await markInvalidated(tags).catch(() => {})
}

async function hashOfTag(tag: string): Promise<TagHash> {
  if (tag.startsWith('#')) return tag.slice(1)
  return toTagHash(await crypto.subtle.digest('SHA-256', toUtf8(tag)))
}
