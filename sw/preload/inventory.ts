// Says what this browser shows for each page, short enough for a navigation preload: to a browser that has the shell of a page, the origin
// sends the rest alone. Written after each change, from the table of uses: no record is read for it.

import { type KeyHash, keyHashOf, type ShellInventory, type Shown, startOf } from '../../protocol/shell-inventory.ts'
import { isUnseen, type Use } from '../../protocol/record/stored.ts'
import { isInvalidated, readMarks } from '../store/marks.ts'
import { type Installed, isMarks } from '../store/schema.ts'
import { allOf, reading } from '../store/transaction.ts'

/** At most so many keys are named. With them the header has some 600 bytes. */
const MOST_KEYS = 30

export function readInventory(buildId: string): Promise<ShellInventory> {
  return reading(async (tables) => {
    const [marks, stored, installed] = await Promise.all([
      readMarks(tables),
      tables.uses.getAll(allOf(buildId)),
      tables.marks.get([buildId]),
    ])
    const isUsable = (use: Use): boolean => !isInvalidated(use, marks) && !isUnseen(use, marks)
    return toInventory(buildId, isMarks(installed) ? undefined : installed, stored, isUsable)
  })
}

/**
 * Names what differs from what the build has published. If that is too much, or the build is not installed, it names what was used
 * last, and says nothing about the others.
 *
 * @param isUsable - Whether a record may be shown. If not, it hides its route's record as well.
 */
export function toInventory(
  buildId: string,
  installed: Installed | undefined,
  stored: readonly Use[],
  isUsable: (use: Use) => boolean,
): ShellInventory {
  const published = new Map(installed?.map(([key, digest]): [string, string] => [key, digest]))
  const kept = new Set(stored.map(({ key }) => key))
  const others = [
    ...[...published.keys()].filter((key) => !kept.has(key)).map((key) => name(key, { kind: 'absent' })),
    ...stored.filter((use) => !isUsable(use)).map(({ key }) => name(key, { kind: 'hidden' })),
    ...stored.filter((use) => isUsable(use) && published.get(use.key) !== use.digest).map(nameOwn),
  ]
  if (installed && others.length <= MOST_KEYS) return { buildId, hasAll: true, named: new Map(others) }
  const lastUsed = stored.filter(isUsable).toSorted((a, b) => b.usedAt - a.usedAt)
  return { buildId, hasAll: false, named: new Map(lastUsed.slice(0, MOST_KEYS).map(nameOwn)) }
}

const name = (key: string, shown: Shown): [KeyHash, Shown] => [keyHashOf(key), shown]
const nameOwn = ({ key, digest }: Use): [KeyHash, Shown] => name(key, { kind: 'own', start: startOf(digest) })
