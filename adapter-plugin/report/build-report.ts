// Makes the report of a build, for people and programs: how each page is served, why, and how large it is. The report is stored with the
// origin's files, and `next-shell-cache inspect` reads it there.

import * as v from 'valibot'

import { parseJson } from '../../protocol/json-shape.ts'
import { LIMITS } from '../../protocol/build/limits.ts'
import type { ShellRecord, WholeRecord } from '../../protocol/record/record.ts'
import { isDynamic, type Mode } from '../../protocol/build/route-match.ts'
import type { OriginRoute } from '../../protocol/build/origin-manifest.ts'
import type { Classified } from '../pages/classify.ts'
import { countBlankHoles } from '../pages/offline/blank-holes.ts'
import { isWithoutShell } from '../pages/without-shell.ts'

export const REPORT_NAME = 'report.json'
const REPORT_VERSION = 1

export type PageReport = {
  /** A path, or the pattern of a fallback shell. */
  readonly key: string
  readonly route: string
  readonly mode: Mode
  readonly reason: string
  /** What opens it without the server: its own record, the shell of its route, what an earlier visit has stored, or nothing. */
  readonly opensFrom: 'itself' | 'route' | 'visit' | 'network'
  readonly shellBytes: number
  /** Of the sealed state; undefined for a page without holes or without a record. */
  readonly stateBytes?: number
  /** Number of holes that show nothing until they are filled; undefined if there are none. */
  readonly blankHoles?: number
}

/** What a build publishes for browsers. */
export type Sum = {
  readonly records: number
  /** Stored bytes. */
  readonly bytes: number
  /** Downloaded bytes, compressed. */
  readonly sent: number
  /** How many records a browser does not keep, because they exceed the option `budget`. */
  readonly over: number
}

export type BuildReport = {
  readonly version: typeof REPORT_VERSION
  readonly buildId: string
  readonly pages: readonly PageReport[]
  /** What shells cannot do in this app (protocol/build/limits.ts). */
  readonly limits?: readonly string[]
  /** Known when everything is written. */
  readonly sum?: Sum
}

export function toBuildReport(
  buildId: string,
  pages: readonly Classified[],
  whole: readonly WholeRecord[],
  elsewhere?: OriginRoute,
): BuildReport {
  const records = whole.map(({ record }) => record)
  const byKey = new Map(records.map((record) => [record.key, record]))
  const whenVisited = new Set(pages.filter(isStoredWhenVisited).map(({ candidate }) => candidate.route))
  return {
    version: REPORT_VERSION,
    buildId,
    pages: [
      // A page's own row wins over the rows of rules, and two patterns may have a row for the same rule.
      ...oncePerKey([
        ...pages.map((page) => toPageReport(page, byKey.get(page.candidate.key), records, whenVisited)),
        ...pages.flatMap(exceptionReports),
        ...(elsewhere ? [elsewhereReport(elsewhere)] : []),
      ]),
    ].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  }
}

/** Sentences that are printed once below the table. */
export function limitsOf(
  pages: readonly Classified[],
  config: { readonly skipTrailingSlashRedirect?: boolean | undefined },
): readonly string[] {
  const isOff = pages.some(({ mode }) => mode === 'off')
  return [isOff ? LIMITS.off : [], config.skipTrailingSlashRedirect === true ? LIMITS.slash : []].flat()
}

/** A pattern without a shell. */
function isStoredWhenVisited({ candidate, mode }: Classified): boolean {
  return mode !== 'off' && isWithoutShell(candidate)
}

function oncePerKey(rows: readonly PageReport[]): Iterable<PageReport> {
  return new Map(rows.toReversed().map((row) => [row.key, row])).values()
}

function toPageReport(
  { candidate: { key, route, shellBytes }, mode, reason }: Classified,
  record: ShellRecord | undefined,
  records: readonly ShellRecord[],
  whenVisited: ReadonlySet<string>,
): PageReport {
  const page = { key, route, mode, reason, shellBytes }
  if (record?.kind === 'resuming') {
    const blankHoles = countBlankHoles(new TextDecoder().decode(record.shell))
    const whole = { ...page, opensFrom: 'itself', stateBytes: record.state.length } as const
    return blankHoles === 0 ? whole : { ...whole, blankHoles }
  }
  if (record) return { ...page, opensFrom: 'itself' }
  if (mode === 'off') return { ...page, opensFrom: 'network' }
  const hasFallback = records.some((other) => other.route === route && isDynamic(other.key))
  return { ...page, opensFrom: hasFallback ? 'route' : whenVisited.has(route) ? 'visit' : 'network' }
}

/** A row for each rule that applies to only some paths of the pattern. */
function exceptionReports(page: Classified): PageReport[] {
  return page.mode === 'off'
    ? []
    : page.except.map(({ source, reason }) => ({
        key: source,
        route: page.candidate.route,
        mode: 'off',
        reason,
        opensFrom: 'network',
        shellBytes: 0,
      }))
}

function elsewhereReport({ pattern, route, mode }: OriginRoute): PageReport {
  const reason = 'rewritten addresses: each once it was visited'
  return { key: pattern, route, mode, reason, opensFrom: 'visit', shellBytes: 0 }
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const REPORT = v.object({
  version: v.literal(REPORT_VERSION),
  buildId: v.string(),
  pages: v.array(
    v.object({
      key: v.string(),
      route: v.string(),
      mode: v.picklist(['instant', 'gated', 'off']),
      reason: v.string(),
      opensFrom: v.picklist(['itself', 'route', 'visit', 'network']),
      shellBytes: count,
      stateBytes: v.exactOptional(count),
      blankHoles: v.exactOptional(count),
    }),
  ),
  limits: v.exactOptional(v.array(v.string())),
  sum: v.exactOptional(v.object({ records: count, bytes: count, sent: count, over: count })),
})

/** A report from a file, or undefined if it has another form. */
export function parseBuildReport(text: string): BuildReport | undefined {
  const parsed = v.safeParse(REPORT, parseJson(text), { abortEarly: true })
  return parsed.success ? parsed.output : undefined
}
