// Stops showing shells in a browser whose pages have to be reloaded again and again: a host, or a CDN rule, that breaks the rest costs
// every visit a reload. For a day, or until the next deploy, every record counts as invalidated. So pages come from the network, and stored
// pages are shown only if there is no network.
//
//   must write nothing for pages that end well while none has ended badly;
//   must need several bad pages, in a row or one in nine over a longer time: a connection that breaks now and then is not the host's fault.

import type { Ending } from '../../protocol/page/messages.ts'
import type { Marks } from '../../protocol/record/stored.ts'
import { readMarks, writeMarks } from './marks.ts'
import { reading, writing } from './transaction.ts'

/** A page that had to be reloaded adds this to the measure. A page that ended well takes one away. */
const BAD = 8
/** Reached by four such pages among eleven. */
const FULL = 25

/** The endings after which a page reloads itself. */
const RELOADED: ReadonlySet<Ending> = new Set<Ending>(['recovery', 'outdated', 'unfit'])

/** Rejects if the database fails: then there are no shells to show either. @param ending - Of a page from a shell. */
export async function noteEnding(ending: Ending): Promise<void> {
  const isWell = ending === 'complete'
  if (isWell ? (await reading(readMarks)).alarm : RELOADED.has(ending))
    await writing(async (tables) => writeMarks(tables, withEnding(await readMarks(tables), isWell, Date.now())))
}

/** A deploy starts from zero: it makes pages reload that are open during it, and may bring the fix for what broke the others. */
export function endAlarm(): Promise<void> {
  return writing(async (tables) => {
    const { alarm, restsSince, ...marks } = await readMarks(tables)
    if (alarm !== undefined || restsSince !== undefined) await writeMarks(tables, marks)
  })
}

export function withEnding(marks: Marks, isWell: boolean, now: number): Marks {
  // Never below zero: two pages that end at the same time may both take away the last one.
  const alarm = Math.max(0, (marks.alarm ?? 0) + (isWell ? -1 : BAD))
  return alarm < FULL ? { ...marks, alarm } : { ...marks, alarm: 0, restsSince: now }
}
