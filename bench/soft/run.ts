// Measures moves within an app: clicks on links of Next and on plain ones, with and without the worker, in interleaved rounds on lines of
// our own. No figure makes it fail. BENCH_ROUNDS sets the number of rounds; BENCH_CELLS selects moves by a part of their names, and the
// report then goes to .work/bench.

import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { ROOT, WORK } from '../../e2e/harness/paths.ts'
import { type RunningServer, startServer } from '../../e2e/harness/servers/server.ts'
import { buildOverlaid } from '../apps.ts'
import { type Chromium, openChromium } from '../browser/chromium.ts'
import { stopWorkers } from '../browser/lane.ts'
import { PROFILES } from '../cells.ts'
import { openSlowLine, type SlowLine } from '../line/slow-line.ts'
import { machine } from '../machine.ts'
import { countRenders } from '../report/renders.ts'
import { shuffledRounds } from '../report/statistics.ts'
import { clickLink, followLink, openPage } from './click.ts'
import { isPlain, type Move, MOVES } from './moves.ts'
import { countStoredPosts } from './stored.ts'
import { type MoveRow, toMoveTable, toRenderSentence, type Trip } from './table.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 8)
const ROUNDS_TO_WARM_UP = 1
const WANTED = process.env['BENCH_CELLS'] ?? ''
/** A run of only some moves must not replace a whole run's results. */
const RESULTS = WANTED === '' ? join(ROOT, 'bench', 'results') : join(WORK, 'bench')
/** The line is quiet after this long without traffic. */
const QUIET_MS = 1500
const POSTS = 60
const MOST_VISITS = 30

type Arm = 'without' | 'again' | 'ours'
type Counted = Omit<Trip, 'renders'> & { readonly nonce: string }
type Lane = {
  readonly arm: Arm
  readonly line: SlowLine
  readonly browser: Chromium
  readonly asked: { prefetches: number; questions: number }
  readonly close: () => Promise<void>
}

export async function runSoftBench(): Promise<void> {
  await using plain = await serve('plain')
  await using ours = await serve('ours')
  const lanes: Lane[] = []
  const rows = MOVES.filter(({ name }) => name.includes(WANTED)).map((move) => ({
    move,
    without: [] as Counted[],
    again: [] as Counted[],
    ours: [] as Counted[],
  }))
  const loads = [loadavg()[0] ?? 0]
  try {
    for (const arm of ['without', 'again', 'ours'] as const)
      lanes.push(await openLane(arm, arm === 'ours' ? ours : plain))
    for (let round = 0; round < ROUNDS + ROUNDS_TO_WARM_UP; round++) {
      for (const row of rows)
        for (const lane of shuffledRounds(lanes, 1)) {
          const trip = await move(lane, row.move)
          if (round >= ROUNDS_TO_WARM_UP) row[lane.arm].push(trip)
        }
      loads.push(loadavg()[0] ?? 0)
      console.log(`round ${round} is over, load ${loads.at(-1)?.toFixed(1)}`)
    }
    // A render that nothing waits for any more may still print.
    await sleep(QUIET_MS)
    const counted = rows.map(({ move, ...trips }) => ({
      move,
      without: withRenders(trips.without, plain),
      again: withRenders(trips.again, plain),
      ours: withRenders(trips.ours, ours),
    }))
    await write(counted, lanes[0]?.browser.version ?? '', loads)
  } finally {
    for (const lane of lanes) await lane.close()
  }
}

function withRenders(trips: readonly Counted[], server: RunningServer): Trip[] {
  const renders = countRenders(server.output())
  return trips.map(({ nonce, ...trip }) => ({ ...trip, renders: renders.get(nonce) ?? 0 }))
}

async function serve(arm: 'plain' | 'ours'): Promise<RunningServer> {
  const env = { BENCH_ARM: arm }
  return startServer(await buildOverlaid(`bench-soft-${arm}`, join(ROOT, 'bench', 'soft', 'app'), env), env)
}

async function openLane(arm: Arm, server: RunningServer): Promise<Lane> {
  const asked = { prefetches: 0, questions: 0 }
  const line = await openSlowLine(server.port, PROFILES['20/50'], (chunk) => {
    const head = chunk.toString('latin1').toLowerCase()
    asked.prefetches += head.split('\r\nnext-router-segment-prefetch:').length - 1
    asked.questions += head.split('\r\nshell-cache-record:').length - 1
  })
  const profile = await mkdtemp(join(tmpdir(), 'shell-cache-soft-'))
  const browser = await openChromium(profile, [], true)
  const lane: Lane = {
    arm,
    line,
    browser,
    asked,
    async close() {
      await browser.close()
      await line[Symbol.asyncDispose]()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  await fill(lane)
  return lane
}

/** Visits until all posts are stored: only moves to stored pages are measured. Each worker stores some of the links, the next continues. */
async function fill(lane: Lane): Promise<void> {
  const { arm, browser, line } = lane
  for (let visit = 0; visit < MOST_VISITS; visit++) {
    await openPage(browser, line.origin + (visit % 2 === 0 ? '/links' : '/links-off'))
    await untilQuiet(lane)
    if (arm !== 'ours' ? visit > 1 : (await countStoredPosts(browser)) >= POSTS) return
    await browser.send('Page.navigate', { url: 'about:blank' })
    await stopWorkers(browser)
  }
  throw new Error(`${await countStoredPosts(browser)} of ${POSTS} posts are stored`)
}

async function move(lane: Lane, { line: shape, page, after, hover, hasPointer = false }: Move): Promise<Counted> {
  const { browser, line, asked } = lane
  await browser.send('Page.navigate', { url: 'about:blank' })
  await untilQuiet(lane)
  line.reshape(shape)
  const nonce = randomBytes(6).toString('hex')
  await browser.send('Network.setCookie', { name: 'bench', value: `${nonce}.100`, url: line.origin })
  Object.assign(asked, { prefetches: 0, questions: 0 })
  const before = line.crossed().down
  const slug = `post-${1 + Math.floor(Math.random() * 60)}`
  await openPage(browser, line.origin + page)
  if (after === undefined) await untilQuiet(lane)
  const follow = isPlain(page) ? followLink : clickLink
  const seen = follow(browser, { slug, nonce }, hover ?? after ?? 0, hasPointer)
  await sleep(hover ?? after)
  const bytes = line.crossed().down - before
  const counted = { ...asked }
  return { ...(await seen), nonce, bytes, ...counted }
}

async function untilQuiet({ line }: Lane): Promise<void> {
  for (let last = -1, now = line.crossed().down; last !== now; now = line.crossed().down) {
    last = now
    await sleep(QUIET_MS)
  }
}

async function write(rows: readonly MoveRow[], browser: string, loads: readonly number[]): Promise<void> {
  const report = [
    '## Moves within an app: clicks on links, with the worker and without',
    `${new Date().toISOString().slice(0, 10)}, \`${WANTED && `BENCH_CELLS='${WANTED}' `}BENCH_ROUNDS=${ROUNDS} npm run bench:soft\`. ${machine(browser)}. Load of the machine from ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}.`,
    `${ROUNDS} clicks a move and arm, arms shuffled at each; a page of 60 links at a second visit, connections closed before it; each link leads to a page with a hole of 100 ms.`,
    HOW,
    toMoveTable(rows),
    toRenderSentence(rows),
  ].join('\n\n')
  await mkdir(RESULTS, { recursive: true })
  await writeFile(join(RESULTS, 'soft.md'), `${report}\n`)
  console.log(report)
}

const HOW = `Milliseconds from the click to the frame in which it is seen, and bytes: median without and with, ratio of medians (interval in which 95 % of
resampled runs have it), and no worker against itself (null). *Bytes* are all that came down the line from the start of the page to the click,
*prefetches and questions* how often the router asked the server for what links lead to, and the worker for a record. *Renders* are those of the
hole of the visited page, whoever asked for them, as the server has printed them. *Prepared* says how many clicks have shown a page that
the browser had prerendered; the time of those counts from the click, too. What some clicks did not see has the number of those that did.
Ratios alone are compared: the machine is shared.`
