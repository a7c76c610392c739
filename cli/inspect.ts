// `next-shell-cache inspect`: shows a build's routes, how each is served and why, and what stands out. Reads the report that emit.ts wrote.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  type BuildReport,
  type PageReport,
  parseBuildReport,
  REPORT_NAME,
} from '../adapter-plugin/report/build-report.ts'
import { formatLimits, formatRouteTable, formatSize, formatSum } from '../adapter-plugin/report/route-table.ts'
import { suggestVouching } from '../adapter-plugin/report/vouching.ts'
import { SERVER_FOLDER } from '../protocol/wire.ts'
import { adviceFor } from './advice.ts'
import type { Outcome } from './outcome.ts'

/** In bytes. A phone takes a noticeable time to lay out a larger shell, and a browser to store it. */
const LARGE_SHELL = 64 * 1024
/** In bytes. A state is sent with the request whenever a server does not know it. */
const LARGE_STATE = 32 * 1024
/** If a state grows by more than this factor from one build to the next, the page gets a remark. */
const GROWTH = 1.1

export type InspectOptions = {
  readonly dist: string
  readonly json: boolean
  readonly against?: string | undefined
  readonly budget?: string | undefined
  readonly total?: string | undefined
}

/** @param folder - The app's folder. */
export async function inspect(
  folder: string,
  { dist, json, against, budget, total }: InspectOptions,
): Promise<Outcome> {
  const file = join(folder, dist, 'server', SERVER_FOLDER, REPORT_NAME)
  const report = await readReport(file)
  if (!report)
    return {
      passed: false,
      text: `[shell-cache] ${file} has no report. The app was built without next-shell-cache, or with another version of it. Run \`next build\` first, or name the folder with --dist.`,
    }
  const before = against === undefined ? undefined : await readReport(against)
  if (against !== undefined && !before)
    return {
      passed: false,
      text: `[shell-cache] ${against} is not an output of \`inspect --json\`. Nothing was compared. Name a file that this command has written.`,
    }
  const wrong = Object.entries({ budget, total }).find(([, bytes]) => bytes !== undefined && !/^\d+$/.test(bytes))
  if (wrong)
    return {
      passed: false,
      text: `[shell-cache] ${wrong[1]} is not a number of bytes. Nothing was checked. Write it in digits: \`--${wrong[0]} 65536\`.`,
    }
  const most = budget === undefined ? undefined : Number(budget)
  const remarks = remarksOn(report, { before, budget: most })
  const tooMuch = total === undefined ? undefined : totalRemark(report, Number(total))
  const isWithin = !tooMuch && (most === undefined || report.pages.every(({ shellBytes }) => shellBytes <= most))
  return {
    isReport: true,
    passed: isWithin,
    text: json ? toJson(report, remarks) : toText(report, remarks, tooMuch),
  }
}

function totalRemark({ sum }: BuildReport, most: number): string | undefined {
  return sum && sum.sent > most
    ? `The records for browsers have ${sum.sent} bytes as downloaded, more than the total of ${most} bytes. ${SMALLER}`
    : undefined
}

async function readReport(file: string): Promise<BuildReport | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return parseBuildReport(text)
}

export type Remark = {
  readonly key: string
  /** What stands out about this page. */
  readonly remark: string
  /** What to do about it, in the same words for every such page; undefined if there is nothing to add. */
  readonly fix?: string
}

/** What stands out, page by page. @param budget - The most bytes that a shell may have, if a budget was given. */
export function remarksOn(
  { pages }: BuildReport,
  { before, budget }: { readonly before?: BuildReport | undefined; readonly budget?: number | undefined } = {},
): readonly Remark[] {
  const earlier = new Map(before?.pages.map((page) => [page.key, page]))
  return pages.flatMap((page) =>
    [
      sizeRemark(page, budget),
      blankRemark(page),
      growthRemark(page, earlier.get(page.key)),
      adviceRemark(page),
    ].flatMap((remark) => (remark === undefined ? [] : [{ key: page.key, ...remark }])),
  )
}

type AboutPage = Omit<Remark, 'key'> | undefined

const SMALLER =
  'Move what is below the fold into a hole. A smaller shell appears sooner. With `experimental.inlineCss` each shell contains the whole stylesheet.'

function sizeRemark({ shellBytes, stateBytes = 0 }: PageReport, budget: number | undefined): AboutPage {
  const size = `Its shell has ${formatSize(shellBytes)}`
  if (budget !== undefined && shellBytes > budget)
    return { remark: `${size} (${shellBytes} bytes), more than the budget of ${budget} bytes.`, fix: SMALLER }
  if (budget === undefined && shellBytes > LARGE_SHELL) return { remark: `${size}.`, fix: SMALLER }
  return stateBytes > LARGE_STATE
    ? {
        remark: `Its state has ${formatSize(stateBytes)}.`,
        fix: 'Cache less in what the shell renders, or cache smaller values.',
      }
    : undefined
}

function blankRemark({ blankHoles = 0 }: PageReport): AboutPage {
  return blankHoles === 0
    ? undefined
    : {
        remark: `${blankHoles === 1 ? 'A hole of it shows' : `${blankHoles} of its holes show`} nothing until it is filled.`,
        fix: 'Give each <Suspense> a `fallback`. Without one, the hole stays blank while there is no network.',
      }
}

function growthRemark({ stateBytes = 0 }: PageReport, before: PageReport | undefined): AboutPage {
  const was = before?.stateBytes ?? 0
  return was > 0 && stateBytes > was * GROWTH
    ? { remark: `Its state has grown from ${formatSize(was)} to ${formatSize(stateBytes)}.` }
    : undefined
}

function adviceRemark(page: PageReport): AboutPage {
  const fix = adviceFor(page)
  return fix === undefined ? undefined : { remark: `${page.mode}: ${page.reason}.`, fix }
}

/** `todo` is the former name of `fix`, which 0.2 drops. */
function toJson(report: BuildReport, remarks: readonly Remark[]): string {
  return JSON.stringify({ ...report, remarks: remarks.map((remark) => ({ ...remark, todo: remark.fix })) }, null, 2)
}

function toText(report: BuildReport, remarks: readonly Remark[], tooMuch: string | undefined): string {
  const isInstant = ({ mode, opensFrom }: PageReport): boolean => mode === 'instant' && opensFrom !== 'visit'
  const instant = report.pages.filter(isInstant).length
  const visited = report.pages.filter(({ mode, opensFrom }) => mode === 'instant' && opensFrom === 'visit').length
  const later = visited === 0 ? '' : `, ${visited} from the second visit on`
  const summary = `${instant} of ${report.pages.length} pages are instant${later} (build ${report.buildId}).`
  const parts = [
    formatRouteTable(report),
    summary,
    formatSum(report),
    tooMuch,
    formatLimits(report),
    suggestVouching(report),
    ...byFix(remarks),
  ]
  return parts.filter((part) => part !== undefined).join('\n\n')
}

/** The most pages that are listed below a fix. The others are only counted. */
const MOST_NAMED = 10

/** Each fix once, followed by the pages that need it. */
function byFix(remarks: readonly Remark[]): readonly string[] {
  return [...new Set(remarks.map(({ fix }) => fix))].map((fix) => {
    const lines = remarks.filter((remark) => remark.fix === fix).map(({ key, remark }) => `${key}: ${remark}`)
    const hidden = lines.length - MOST_NAMED
    const shown = [...lines.slice(0, MOST_NAMED), ...(hidden > 0 ? [`… and ${hidden} more`] : [])]
    return [...(fix === undefined ? [] : [fix]), ...shown.map((line) => `  ${line}`)].join('\n')
  })
}
