// Proves when a browser stops showing shells because its pages had to be reloaded, for how long, and that nothing is written while all
// pages end well.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { Ending } from '../../protocol/page/messages.ts'
import { isResting, type Marks, NO_MARKS, REST_MS } from '../../protocol/record/stored.ts'
import { resumingRecord } from '../util/test-worker.ts'
import { endAlarm, noteEnding, withEnding } from './alarm.ts'
import { readMarks } from './marks.ts'
import { deleteAllRecords, putRecord, readRecord } from './records.ts'
import { reading, whenWritten } from './transaction.ts'

const NOW = 1_000_000_000_000

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  await deleteAllRecords()
  await putRecord({ ...resumingRecord('/'), receivedAt: NOW, asOf: 1000 })
})
afterEach(() => {
  whenWritten(async () => {})
  vi.useRealTimers()
})

const isHeldBack = async (): Promise<boolean | undefined> => (await readRecord('build', ['/']))?.isInvalidated

/** `x` is a page that had to be reloaded, `.` one that was complete. */
function after(pages: string): Marks {
  // A page that ends well is noted only if the measure is not zero.
  const next = (marks: Marks, page: string): Marks =>
    page === '.' && !marks.alarm ? marks : withEnding(marks, page === '.', NOW)
  return pages.split('').reduce(next, NO_MARKS)
}

it.each([
  ['xxxx', true],
  ['x.x..x...x', true],
  ['xxx', false],
  ['xxx........x', false],
  ['x........'.repeat(100), false],
  ['x......'.repeat(100), true],
  ['.'.repeat(100), false],
])('after %s shells rest: %o', (pages, rests) => {
  expect(isResting(after(pages), NOW)).toBe(rests)
})

it('rests a day, no longer if the clock is set back, and needs as many pages again', () => {
  const marks = after('xxxx')
  expect([0, REST_MS - 1, REST_MS, -2 * REST_MS].map((later) => isResting(marks, NOW + later))).toEqual([
    true,
    true,
    false,
    false,
  ])
  const next = withEnding(marks, false, NOW + REST_MS)
  expect(isResting(next, NOW + REST_MS)).toBe(false)
})

it('never falls below nothing, however many pages end well at once', () => {
  expect(withEnding({ ...NO_MARKS, alarm: 0 }, true, NOW).alarm).toBe(0)
})

it('holds every shell back while it lasts, and a purge ends it', async () => {
  for (const ending of ['recovery', 'outdated', 'unfit'] as const) await noteEnding(ending)
  expect(await isHeldBack()).toBe(false)
  await noteEnding('outdated')
  expect(await isHeldBack()).toBe(true)
  vi.setSystemTime(NOW + REST_MS)
  expect(await isHeldBack()).toBe(false)
  vi.setSystemTime(NOW)
  await deleteAllRecords()
  await putRecord({ ...resumingRecord('/'), receivedAt: NOW, asOf: 1000 })
  expect(await isHeldBack()).toBe(false)
})

it('ends with the next deploy, and writes nothing if there is none', async () => {
  for (const ending of ['recovery', 'recovery', 'recovery', 'recovery'] as const) await noteEnding(ending)
  expect(await isHeldBack()).toBe(true)
  await endAlarm()
  expect(await isHeldBack()).toBe(false)
  expect(await reading(readMarks)).not.toHaveProperty('alarm')
})

it('counts no page that was left, or that opened without a network', async () => {
  for (let times = 0; times < 10; times++)
    for (const ending of ['abandoned', 'offline', 'stranded'] satisfies readonly Ending[]) await noteEnding(ending)
  expect(await reading(readMarks)).not.toHaveProperty('alarm')
})

it('writes nothing for a page that ends well if none has ended badly', async () => {
  const written = vi.fn<() => Promise<void>>(async () => {})
  whenWritten(written)
  await noteEnding('complete')
  expect(written).not.toHaveBeenCalled()
  await noteEnding('recovery')
  await noteEnding('complete')
  expect(written).toHaveBeenCalledTimes(2)
  expect((await reading(readMarks)).alarm).toBe(7)
})
