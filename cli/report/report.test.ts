// Proves what `next-shell-cache report` says about a worker that makes pages slower, about a worker that changes nothing, and about files
// with other content.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import type { PageReport } from '../../protocol/page/page-report.ts'
import { report } from './report.ts'
import { differenceOf, quantile, randomNumbers } from './statistics.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'shell-cache-report-'))))
afterEach(() => rm(folder, { recursive: true }))

let random = randomNumbers(7)
beforeEach(() => void (random = randomNumbers(7)))
/** Distributed like page loads: most are near the fastest, some are far from it. */
const drawTime = (): number => 400 - 300 * Math.log(random())

const view = (group: PageReport['group'], given: Partial<PageReport> = {}): PageReport => ({
  version: 1,
  group,
  rung: 'network',
  reloaded: false,
  offline: false,
  resting: false,
  holes: [],
  lcp: drawTime(),
  ...given,
})

/** 400 page views, half in each group. Those of the worker take `added` ms longer. */
const views = (added: number): PageReport[] =>
  Array.from({ length: 200 }, (_, at) => [
    view('control', { reason: 'no-worker' }),
    view('worker', {
      lcp: drawTime() + added,
      ...(at % 4 === 0 ? { reason: 'none' } : { rung: 'instant', transport: 'resume' }),
    }),
  ]).flat()

async function say(lines: readonly unknown[]): Promise<{ text: string; passed: boolean }> {
  const file = join(folder, 'reports.jsonl')
  await writeFile(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return report(file)
}

it('says that pages are slower if the worker waits 300 ms, by about so much', async () => {
  const { text, passed } = await say(views(300))
  expect(passed).toBe(true)
  const [, value, low, high] =
    /p75 LCP \+(\d+) ms \(\+(\d+) … \+(\d+)\), n = 200 \+ 200: pages are slower/.exec(text) ?? []
  expect(Math.abs(Number(value) - 300)).toBeLessThan(150)
  expect(Number(low)).toBeLessThan(300)
  expect(Number(high)).toBeGreaterThan(300)
})

it('says that pages are faster', async () => {
  expect((await say(views(-350))).text).toMatch(/p75 LCP −\d+ ms \(−\d+ … −\d+\).*: pages are faster with the worker\./)
})

it('says "no difference" if there is none, and the same each time', async () => {
  const lines = views(0)
  const { text } = await say(lines)
  expect(text).toMatch(/p75 LCP .* n = 200 \+ 200: no difference\./)
  expect((await say(lines)).text).toBe(text)
})

it('says how pages came, and why not from a shell', async () => {
  const { text } = await say(views(0))
  expect(text).toMatch(/instant +150 +75\.0 %\nnetwork: none +50 +25\.0 %/)
  expect(text).toMatch(/LCP +control +worker\n +0 ms/)
})

it('counts nothing of who is in neither group, and compares no handful', async () => {
  const { text } = await say([...views(0).slice(0, 20), view('unassigned')])
  expect(text).toContain('21 page views: 10 with the worker, 10 in the control group, 1 of neither group.')
  expect(text).toContain('Too few page views to compare')
})

it('leaves out and counts what is no report', async () => {
  const broken = [
    '{"version":1',
    '[]',
    { version: 1, group: 'me', rung: 'network', holes: [] },
    { ...view('worker'), lcp: -1 },
  ]
  const { text } = await say([...views(0), ...broken, '', { ...view('worker'), version: 2 }])
  expect(text).toContain('400 page views')
  expect(text).toContain('4 lines were left out: no report of a page.')
  expect(text).toContain('1 line was left out: a report of another version of next-shell-cache.')
})

it.each([
  [['nonsense', '{}'], 'holds no report. It should have one JSON object of `onReport` on each line.'],
  [[], 'holds no report.'],
  [[{ version: 9 }], 'holds reports of another version only. Use the next-shell-cache that its pages were built with.'],
])('says in a sentence that %j is nothing to compare', async (lines, said) => {
  const { text, passed } = await say(lines)
  expect([passed, text.split('\n').length]).toEqual([false, 1])
  expect(text).toContain(said)
})

it('says in a sentence that there is no such file', async () => {
  expect(await report(join(folder, 'none.jsonl'))).toMatchObject({
    passed: false,
    text: expect.stringContaining('cannot be read'),
  })
})

it('has the true difference in its interval 95 times of 100', () => {
  const sample = (): number[] => Array.from({ length: 200 }, drawTime).toSorted((a, b) => a - b)
  const covered = Array.from({ length: 200 }, () => differenceOf(sample(), sample(), 0.75)).filter(
    ({ low, high }) => low <= 0 && high >= 0,
  )
  expect(covered.length).toBeGreaterThanOrEqual(182)
})

it('takes the value that so many are not above', () => {
  expect([0.5, 0.75, 1, 0].map((part) => quantile([1, 2, 3, 4], part))).toEqual([2, 3, 4, 1])
})
