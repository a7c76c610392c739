// A host, or a rule of a CDN, that breaks what follows a shell costs every visit a reload. A browser that sees it again and again shows no
// shells for a day, or until the next deploy: each counts as invalidated, so pages come from the network, and stored ones still stand for
// a network that is gone.
//
//   must write nothing for pages that end well while none has ended badly;
//   must take several pages, one after the other or one in nine for longer: a connection that breaks now and then is no fault of a host.

import type { Ending } from '../../protocol/page/messages.ts'
import type { Marks } from '../../protocol/record/stored.ts'
import { readMarks, writeMarks } from './marks.ts'
import { reading, writing } from './transaction.ts'

/** What a page that had to be reloaded adds to the measure; each that ended well takes one away. */
const BAD = 8
/** Four of them among eleven pages. */
const FULL = 25

/** After which the page reloads itself. */
const RELOADED: ReadonlySet<Ending> = new Set<Ending>(['recovery', 'outdated', 'unfit'])

/** Rejects where the database fails, which has no shells to show then either. @param ending - Of a page from a shell. */
export async function noteEnding(ending: Ending): Promise<void> {
  const isWell = ending === 'complete'
  if (isWell ? (await reading(readMarks)).alarm : RELOADED.has(ending))
    await writing(async (tables) => writeMarks(tables, withEnding(await readMarks(tables), isWell, Date.now())))
}

/** A deploy begins anew: it has pages reloaded that were open meanwhile, and may bring the end of what broke them. */
export function endAlarm(): Promise<void> {
  return writing(async (tables) => {
    const { alarm, restsSince, ...marks } = await readMarks(tables)
    if (alarm !== undefined || restsSince !== undefined) await writeMarks(tables, marks)
  })
}

export function withEnding(marks: Marks, isWell: boolean, now: number): Marks {
  // Pages that end at the same time may each have read what the other takes away.
  const alarm = Math.max(0, (marks.alarm ?? 0) + (isWell ? -1 : BAD))
  return alarm < FULL ? { ...marks, alarm } : { ...marks, alarm: 0, restsSince: now }
}
