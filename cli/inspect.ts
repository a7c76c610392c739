// `next-shell-cache inspect`: a build's routes, how each is served and why, and what stands out. Reads what emit.ts left of them.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  type BuildReport,
  type PageReport,
  parseBuildReport,
  REPORT_NAME,
} from '../adapter-plugin/report/build-report.ts'
import { formatRouteTable, formatSize } from '../adapter-plugin/report/route-table.ts'
import { SERVER_FOLDER } from '../protocol/wire.ts'
import { adviceFor } from './advice.ts'
import type { Outcome } from './outcome.ts'

/** Bytes of a shell that a phone takes a noticeable time to lay out, and a browser to keep. */
const LARGE_SHELL = 64 * 1024
/** Bytes of a state that travel with a request whenever a server does not know it. */
const LARGE_STATE = 32 * 1024
/** Growth of a state from one build to the next that somebody should know of. */
const GROWTH = 1.1

export type InspectOptions = {
  readonly dist: string
  readonly json: boolean
  readonly against?: string | undefined
  readonly budget?: string | undefined
}

/** @param folder - Of the app. */
export async function inspect(folder: string, { dist, json, against, budget }: InspectOptions): Promise<Outcome> {
  const file = join(folder, dist, 'server', SERVER_FOLDER, REPORT_NAME)
  const report = await readReport(file)
  if (!report)
    return {
      isFine: false,
      text: `[shell-cache] ${file} holds no report. The app was not built with next-shell-cache, or by another version. Run \`next build\` first, or name the folder with --dist.`,
    }
  const before = against === undefined ? undefined : await readReport(against)
  if (against !== undefined && !before)
    return { isFine: false, text: `[shell-cache] ${against} is no output of \`inspect --json\`. Nothing was compared.` }
  if (budget !== undefined && !/^\d+$/.test(budget))
    return { isFine: false, text: `[shell-cache] ${budget} is no number of bytes. Nothing was looked at.` }
  const most = budget === undefined ? LARGE_SHELL : Number(budget)
  const remarks = remarksOn(report, { before, most })
  const isWithin = budget === undefined || report.pages.every(({ shellBytes }) => shellBytes <= most)
  return {
    isReport: true,
    isFine: isWithin,
    text: json ? JSON.stringify({ ...report, remarks }, null, 2) : toText(report, remarks),
  }
}

async function readReport(file: string): Promise<BuildReport | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return parseBuildReport(text)
}

export type Remark = { readonly key: string; readonly remark: string }

/** What stands out, page by page. */
export function remarksOn(
  { pages }: BuildReport,
  { before, most = LARGE_SHELL }: { readonly before?: BuildReport | undefined; readonly most?: number } = {},
): readonly Remark[] {
  const earlier = new Map(before?.pages.map((page) => [page.key, page]))
  return pages.flatMap((page) => {
    const found = [sizeRemark(page, most), growthRemark(page, earlier.get(page.key)), adviceFor(page)]
    return found.flatMap((remark) => (remark === undefined ? [] : [{ key: page.key, remark }]))
  })
}

function sizeRemark({ shellBytes, stateBytes = 0 }: PageReport, most: number): string | undefined {
  if (shellBytes > most) return `Its shell has ${formatSize(shellBytes)}: less of it would be there sooner.`
  return stateBytes > LARGE_STATE
    ? `Its state has ${formatSize(stateBytes)}: cache less in what the shell renders, or smaller values.`
    : undefined
}

function growthRemark({ stateBytes = 0 }: PageReport, before: PageReport | undefined): string | undefined {
  const was = before?.stateBytes ?? 0
  return was > 0 && stateBytes > was * GROWTH
    ? `Its state has grown from ${formatSize(was)} to ${formatSize(stateBytes)}.`
    : undefined
}

function toText(report: BuildReport, remarks: readonly Remark[]): string {
  const instant = report.pages.filter(({ mode }) => mode === 'instant').length
  const lines = remarks.map(({ key, remark }) => `${key}: ${remark}`)
  const summary = `${instant} of ${report.pages.length} pages are instant (build ${report.buildId}).`
  return [formatRouteTable(report), summary, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n')
}
