// What was learned of a page that was visited lies in a row of its own, under its record and the number of its URL: every path of a route's
// shell has one, and none of them writes the record anew. What there is, and how large, stands with the use of the record.
//
//   must be of the record that stands there, by digest: read in one transaction with it, replaced and deleted in its transactions;
//   must go before any record does where there is no more room (budget.ts).

import type { Address, PageUse, StoredRecord, Use, StoredPage } from '../../protocol/record/stored.ts'
import { type Tables, writing } from './transaction.ts'

/** Of one record; those that were learned first are forgotten, and learned anew when they are visited. */
const MOST_PAGES = 20
/** Pages of one record after which none of it is learned: each of them has cost its visitor a reload. */
const ENOUGH_UNFIT = 2

/**
 * Puts what was learned of a page of this record, or that it is not known any more; not where another record has taken its place.
 *
 * @param until - When it goes, in milliseconds since the epoch, and whatever becomes of other pages; with its record where none is given.
 */
export function putPage(
  { buildId, key, digest }: StoredRecord,
  address: Address,
  kept: StoredPage['kept'] | undefined,
  until?: number,
): Promise<void> {
  return writing(async (tables) => {
    const use = await tables.uses.get([buildId, key])
    if (use?.digest !== digest) return
    const others = use.pages.filter((page) => page.address !== address)
    const isUnfit = kept === 'unfit'
    const isOver = !until && !isUnfit && others.filter(({ bytes }) => bytes === 0).length >= ENOUGH_UNFIT
    if (!kept || isOver) return keepPages(tables, buildId, use, others)
    const page = { address, bytes: isUnfit ? 0 : kept.length, until }
    // What has changed on one page has likely changed on others.
    const left = isUnfit ? others.filter((other) => other.until || other.bytes === 0) : others.slice(0, MOST_PAGES - 1)
    await keepPages(tables, buildId, use, [page, ...left])
    await tables.pages.put({ digest, kept }, [buildId, key, address])
  })
}

/** Deletes the pages of a record but these. @param kept - Those that stay are the same objects. */
export async function keepPages(
  { pages, uses }: Tables<'readwrite'>,
  buildId: string,
  use: Use,
  kept: readonly PageUse[],
): Promise<void> {
  const gone = use.pages.filter((page) => !kept.includes(page))
  await Promise.all([
    ...gone.map(({ address }) => pages.delete([buildId, use.key, address])),
    uses.put({ ...use, pages: kept }, [buildId, use.key]),
  ])
}
