// Runs one arm in an engine: a browser with its own profile, and its own line to its server. A visit has two parts, so that the time in
// which a worker stops can be used: first the visitor goes to the page that the visit starts from, later from there to the page.

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { type Driver, until } from '../../e2e/engines/driver.ts'
import { startFirefox } from '../../e2e/engines/firefox.ts'
import { countRecords } from '../../e2e/engines/page.ts'
import { startWebKit } from '../../e2e/engines/webkit.ts'
import type { RunningServer } from '../../e2e/harness/servers/server.ts'
import { isObject } from '../../protocol/json-shape.ts'
import { PROFILES } from '../cells.ts'
import { askedIn } from '../line/requests.ts'
import { openSlowLine, type SlowLine } from '../line/slow-line.ts'
import { type EngineCell, type EngineName, FIREFOX_IDLE, HOLE, PAGE, START } from './cells.ts'
import { type Look, lookAtPage } from './look.ts'
import { readNotes } from './probe.ts'
import { type Trip, toTrip } from './trip.ts'

const STARTS = {
  firefox: () => startFirefox({ 'dom.serviceWorkers.idle_timeout': FIREFOX_IDLE }),
  webkit: () => startWebKit(),
}
/** Milliseconds after which a worker has stopped, with a margin: WebKit stops it ten seconds after the last page of its origin. */
const STOPPED = { firefox: FIREFOX_IDLE + 1_500, webkit: 12_000 }
/** A page of another origin that the driver does not mistake for an empty one. */
const AWAY = 'data:text/html,away'
const SETTLED_MS = 20_000
const VISITS_TO_LEARN = 4
const FAST = PROFILES['20/50']
const LEARNING: Visit = { state: { name: 'to learn', by: 'link', isCold: false, engines: [] }, line: '20/50' }

type Visit = Pick<EngineCell, 'state' | 'line'>

export type EngineLane = {
  readonly engine: EngineName
  readonly arm: string
  readonly leave: (visit: Visit) => Promise<void>
  /** Rejects if the page did not settle in one document. */
  readonly come: (visit: Visit) => Promise<Trip>
  /** Replaces a tab whose driver has failed; in WebKit the new tab is another visitor. Resolves like {@link openEngineLane}. */
  readonly renew: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Resolves when the visitor has everything that a returning visitor has; to undefined if the engine is not installed. */
export async function openEngineLane(
  engine: EngineName,
  arm: string,
  server: RunningServer,
  hasWorker: boolean,
): Promise<EngineLane | undefined> {
  const browser = await STARTS[engine]()
  if (!browser) return undefined
  const asked: { readonly what: string; readonly at: number }[] = []
  const line = await openSlowLine(server.port, FAST, (chunk) => {
    const what = askedIn(chunk)
    if (what !== undefined) asked.push({ what, at: Date.now() })
  })
  const url = line.origin + PAGE
  let tab = await browser.openTab()
  let left = 0

  const leave = async ({ state, line: profile }: Visit): Promise<void> => {
    line.reshape(FAST)
    await tab.open(line.origin + START)
    await until(tab, Boolean, () => document.readyState === 'complete')
    await untilQuiet(line)
    await tab.run(setCookie, `${randomBytes(6).toString('hex')}.${HOLE}`)
    if (state.by === 'address') await tab.open(AWAY)
    line.reshape(PROFILES[profile])
    left = performance.now()
  }
  const come = async ({ state }: Visit): Promise<Trip> => {
    // The arm without a worker waits as well: what an engine frees meanwhile is not caused by the worker.
    if (state.isCold) await sleep(Math.max(0, left + STOPPED[engine] - performance.now()))
    else if (hasWorker) await tab.run(countRecords)
    line.dropAll()
    asked.length = 0
    const before = line.crossed().down
    const came = Date.now()
    await tab.open(url)
    const look = await settled(tab, url)
    // Requests right after a page belong to the navigation, too.
    await sleep(100)
    const bytes = line.crossed().down - before
    const notes = hasWorker ? await tab.run(readNotes) : undefined
    return toTrip({ look, bytes, asked, came, ...(notes ? { notes } : {}) })
  }
  /** Visits until the worker has the page, and what it learns during the first visits. */
  const learn = async (): Promise<void> => {
    await leave(LEARNING)
    if (hasWorker) await until(tab, (records) => records > 0, countRecords)
    for (let visit = 0; visit < VISITS_TO_LEARN; visit++) {
      await leave(LEARNING)
      await come(LEARNING)
    }
  }
  const renew = async (): Promise<void> => {
    await tab[Symbol.asyncDispose]()
    tab = await browser.openTab()
    await learn()
  }
  const close = async (): Promise<void> => {
    await tab[Symbol.asyncDispose]()
    await browser[Symbol.asyncDispose]()
    await line[Symbol.asyncDispose]()
  }
  try {
    await learn()
  } catch (error) {
    await close()
    throw error
  }
  return { engine, arm, leave, come, renew, close }
}

async function settled(tab: Driver, url: string): Promise<Look> {
  const deadline = performance.now() + SETTLED_MS
  while (performance.now() < deadline) {
    // The document may be replaced during the evaluation: by another process, or because it reloads itself.
    const look = await tab.run(lookAtPage, url, deadline - performance.now()).catch(() => undefined)
    if (!isObject(look)) continue
    if (look.type === 'navigate') return look
    break
  }
  throw new Error('the page has not settled in one document')
}

/** The line is quiet after this long without traffic. Both engines check for a newer worker a second after each page. */
const QUIET_MS = 1_200

async function untilQuiet({ crossed }: SlowLine): Promise<void> {
  for (let last = -1, now = crossed().down; last !== now; now = crossed().down) {
    last = now
    await sleep(QUIET_MS)
  }
}

/** Runs in the page: tells the hole which visit this is and how long to take (bench/app/app/hole.tsx). */
function setCookie(value: string): void {
  document.cookie = `bench=${value}; path=/`
}
