// Runs a browser of an arm: its profile, its line to the example, and a number on one side of the share. Each visit is measured twice: by
// the report that the page sends when it is left, and from outside.

import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { isPageReport, type PageReport } from '../../protocol/page/page-report.ts'
import { openChromium } from '../browser/chromium.ts'
import { PROFILES } from '../cells.ts'
import { openSlowLine, type SlowLine } from '../line/slow-line.ts'
import { type Arm, NUMBERS } from './arms.ts'
import { type Look, lookAt } from './look.ts'

export const LINE = PROFILES['100/10']
export const PAGES: readonly string[] = ['/', '/products', '/products/tide-lamp']

const REPORT_MS = 10_000
const MOST_VISITS = 20

export type Visit = {
  /** The page's report; undefined if none arrived. */
  readonly report: PageReport | undefined
  readonly look: Look
}

export type FieldLane = {
  readonly arm: Arm
  readonly version: string
  readonly visit: (path: string) => Promise<Visit>
  readonly close: () => Promise<void>
}

/** Resolves when the browser has what its group has. @param reports - The file of the collector at this port. */
export async function openFieldLane(arm: Arm, port: number, reports: string): Promise<FieldLane> {
  const line = await openSlowLine(port, LINE)
  const profile = await mkdtemp(join(tmpdir(), 'shell-cache-field-'))
  const browser = await openChromium(profile)
  const { send, evaluate } = browser
  await send('Page.enable')
  // As if the number had been drawn at an earlier visit.
  const draw = `try{localStorage.setItem('next-shell-cache:/:number','${NUMBERS[arm]}')}catch{}`
  await send('Page.addScriptToEvaluateOnNewDocument', { source: draw })
  const lane: FieldLane = {
    arm,
    version: browser.version,
    async visit(path) {
      const before = await linesOf(reports)
      line.dropAll()
      await evaluate('void (window.isOld = true)')
      const url = line.origin + path
      // Like a link of the app (browser/visit.ts). From the page itself it would be a reload.
      send('Page.navigate', { url, referrer: `${line.origin}/about` }).catch(() => {})
      const look = await lookAt(browser, url)
      await send('Page.navigate', { url: 'about:blank' })
      const report = await nextReport(reports, before.length)
      await untilQuiet(line)
      return { report, look }
    },
    async close() {
      await browser.close()
      await line[Symbol.asyncDispose]()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  await prepare(lane)
  return lane
}

/** Prepares a returning visitor: with a worker, each page must be stored. */
async function prepare({ arm, visit }: FieldLane): Promise<void> {
  for (const path of PAGES) {
    for (let visits = 1; ; visits++) {
      const { report } = await visit(path)
      if (!report) console.log(`${arm}: no report of ${path}`)
      if (visits > 1 && isAsItsArm(arm, report)) break
      if (visits >= MOST_VISITS) throw new Error(`${arm}: ${path} still comes as ${JSON.stringify(report)}`)
    }
  }
}

function isAsItsArm(arm: Arm, report: PageReport | undefined): boolean {
  if (arm === 'control' || arm === 'again') return report?.group === 'control'
  if (report?.group !== 'worker') return false
  // The other arm's worker has looked nothing up.
  return arm === 'worker' ? report.rung === 'instant' : report.reason === 'none'
}

async function nextReport(file: string, known: number): Promise<PageReport | undefined> {
  const deadline = performance.now() + REPORT_MS
  while (performance.now() < deadline) {
    const line = (await linesOf(file))[known]
    const report: unknown = line === undefined ? undefined : JSON.parse(line)
    if (isPageReport(report)) return report
    if (line !== undefined) throw new Error(`the command would leave this report out: ${line}`)
    await sleep(20)
  }
  return undefined
}

/** A browser repeats a beacon if its connection ends before the collector's response has arrived. */
async function untilQuiet({ crossed }: SlowLine): Promise<void> {
  const sum = (): number => crossed().down + crossed().up
  for (let last = -1; last !== sum();) {
    last = sum()
    await sleep(1.5 * LINE.roundTrip)
  }
}

async function linesOf(file: string): Promise<readonly string[]> {
  if (!existsSync(file)) return []
  // The last line may be incomplete.
  return (await readFile(file, 'utf8')).split('\n').slice(0, -1)
}
