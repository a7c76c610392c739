// Stores what was learned of a visited page, in a row of its own under its record and the number of its URL. So every path of a route's
// shell has its own row, and a write to it does not rewrite the record. The use of the record lists the rows and their sizes.
//
//   must belong to the stored record, by digest: read in one transaction with it, replaced and deleted in its transactions;
//   must be deleted before any record if there is no more room (budget.ts).

import type { Address, PageUse, StoredRecord, Use, StoredPage } from '../../protocol/record/stored.ts'
import { type Tables, writing } from './transaction.ts'

/** Per record. The oldest are forgotten, and learned again at their next visit. */
const MOST_PAGES = 20
/** With this many unfit pages, nothing more is learned of a record's pages: each has cost its visitor a reload. */
const ENOUGH_UNFIT = 2

/**
 * Stores what was learned of a page of this record, or deletes it if `kept` is undefined. Does nothing if the record was replaced.
 *
 * @param until - When it expires, in milliseconds since the epoch, independent of other pages. Without it, it goes with its record.
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
    // A change on one page has likely changed other pages, too.
    const left = isUnfit ? others.filter((other) => other.until || other.bytes === 0) : others.slice(0, MOST_PAGES - 1)
    await keepPages(tables, buildId, use, [page, ...left])
    await tables.pages.put({ digest, kept }, [buildId, key, address])
  })
}

/** Deletes all pages of a record but these. @param kept - Must be objects of `use.pages`: they are compared by identity. */
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
