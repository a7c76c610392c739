// Reads off an answer what it has changed on the server, before the page hears of it, so that the visitor's next navigation shows their own
// write (docs/architecture.md, invariant 8).
//
//   must have written its mark when the answer reaches the page;
//   must not change the answer, and must not fail it.

import { type Invalidated, parseInvalidated, type TagHash, toTagHash } from '../../protocol/record/tags.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { INVALIDATE_HEADER } from '../../protocol/wire.ts'
import { markInvalidated } from '../store/marks.ts'

/** Next's `NEXT_ACTION_REVALIDATED_HEADER`, and its value where more than the action's own page has changed. */
const ACTION_HEADER = 'x-action-revalidated'
const STATIC_AND_DYNAMIC = '1'

/** The answer, once what it has changed is noted. Rejects as `answering` does: then no one knows what became of the write. */
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

/** Our header is precise; Next's own says only that something was revalidated. */
export function readInvalidated(headers: Headers): Invalidated {
  const named = headers.get(INVALIDATE_HEADER)
  if (named !== null) return parseInvalidated(named)
  return headers.get(ACTION_HEADER) === STATIC_AND_DYNAMIC ? 'everything' : []
}

/** Never rejects: a mark that the database does not take, or not in time, invalidates everything (marks.ts). */
export async function invalidate(changed: Invalidated): Promise<void> {
  const tags = changed === 'everything' ? changed : await Promise.all(changed.map(hashOfTag))
  await markInvalidated(tags).catch(() => {})
}

async function hashOfTag(tag: string): Promise<TagHash> {
  if (tag.startsWith('#')) return tag.slice(1)
  return toTagHash(await crypto.subtle.digest('SHA-256', toUtf8(tag)))
}
