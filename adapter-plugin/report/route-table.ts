// Formats a build's pages as a table. Pure.

import { isDynamic } from '../../protocol/build/route-match.ts'
import type { BuildReport, PageReport } from './build-report.ts'

/** The most rows for concrete pages of dynamic routes. The others are only counted. */
const MOST_CONCRETE_ROWS = 10

export function formatRouteTable({ pages }: Pick<BuildReport, 'pages'>): string {
  const shown = withoutLongTail(pages)
  const rows = shown.map((page) => {
    const state = page.stateBytes === undefined ? '–' : formatSize(page.stateBytes)
    return [page.key, page.mode, reasonOf(page), formatSize(page.shellBytes), state]
  })
  const table = alignColumns([['Shell cache', 'mode', 'why', 'shell', 'state'], ...rows])
  const hidden = pages.length - shown.length
  return hidden === 0 ? table : `${table}\n… and ${hidden} more concrete pages`
}

const OVER_LIMIT = {
  route: "opens from its route's",
  visit: 'stored when it is visited',
  network: 'comes from the network',
}

function reasonOf({ key, mode, reason, opensFrom }: PageReport): string {
  if (mode === 'off' || opensFrom === 'itself' || isDynamic(key)) return reason
  return `${reason}, over the limit: ${OVER_LIMIT[opensFrom]}`
}

function withoutLongTail(pages: readonly PageReport[]): readonly PageReport[] {
  let concrete = 0
  return pages.filter(({ key, route }) => !isDynamic(route) || isDynamic(key) || ++concrete <= MOST_CONCRETE_ROWS)
}

/** The size of all records for browsers; undefined if nothing is published. */
export function formatSum({ sum }: Pick<BuildReport, 'sum'>): string | undefined {
  if (!sum || sum.records === 0) return undefined
  const { records, bytes, sent, over } = sum
  const whole = `${count(records, 'record')} for browsers: ${formatSize(bytes)}, ${formatSize(sent)} as downloaded.`
  const first = 'A first visit downloads as many of them as `budget.install` allows.'
  const rest = over === 0 ? [] : [`${over} of them are over \`budget\`: browsers keep them only after a visit.`]
  return [whole, first, ...rest].join(' ')
}

/** Undefined if no limit applies to this app. */
export function formatLimits({ limits = [] }: Pick<BuildReport, 'limits'>): string | undefined {
  return limits.length === 0 ? undefined : limits.join('\n')
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? '' : 's'}`
}

export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
