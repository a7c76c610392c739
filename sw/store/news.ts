// What this browser has, in as many words as a navigation preload can carry: the origin sends the rest of a page alone to whoever
// has its shell. Written after each change, read off the table of uses: no record is read for it. Called by preload-news.ts.

import { DIGEST_START, type PreloadNews } from '../../protocol/wire.ts'
import { isInDoubt, readMarks } from './marks.ts'
import { settled } from './requests.ts'
import type { Installed, Use } from './schema.ts'
import { allOf, inTransaction } from './transaction.ts'

/** Of digests that `all` does not say. With them the header has some 300 bytes. */
const MOST = 20

export function readNews(buildId: string): Promise<PreloadNews> {
  return inTransaction('readonly', async (tables) => {
    const [marks, stored, installed] = await Promise.all([
      readMarks(tables),
      settled<Use[]>(tables.uses.getAll(allOf(buildId))),
      settled<Installed | undefined>(tables.marks.get([buildId])),
    ])
    return toNews(buildId, installed, stored, (use) => !isInDoubt(use, marks))
  })
}

/**
 * @param isUsable - Whether a record may be shown. One that may not hides the shell of its route, which the origin would take for
 * the page's: then the browser names what it has, and no route's shell. A newer one in the place of the build's counts as having it.
 */
export function toNews(
  buildId: string,
  installed: Installed | undefined,
  stored: readonly Use[],
  isUsable: (use: Use) => boolean,
): PreloadNews {
  const usable = stored.filter(isUsable)
  const isShadowed = usable.length < stored.length
  const keys = new Set(usable.map(({ key }) => key))
  const published = new Set(installed?.map(([, digest]) => digest))
  const hasAll = !isShadowed && (installed?.every(([key]) => keys.has(key)) ?? false)
  const named = usable
    .filter(({ digest, isOfRoute }) => (hasAll ? !published.has(digest) : !(isShadowed && isOfRoute)))
    .toSorted((a, b) => b.usedAt - a.usedAt)
  return { buildId, hasAll, also: named.slice(0, MOST).map(({ digest }) => digest.slice(0, DIGEST_START)) }
}
