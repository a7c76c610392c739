// What the build prints of its routes. Pure; called by adapter.ts.

import { isDynamic } from '../protocol/route-match.ts'
import type { ShellRecord, WholeRecord } from '../protocol/record.ts'
import type { Classified } from './classify.ts'

/** Rows of one kind that are printed one by one; the rest is counted. */
const MOST_CONCRETE_ROWS = 10

export function formatRouteTable(pages: readonly Classified[], whole: readonly WholeRecord[]): string {
  const records = whole.map(({ record }) => record)
  const byKey = new Map(records.map((record) => [record.key, record]))
  const shown = withoutLongTail(pages)
  const rows = shown.map((page) => {
    const record = byKey.get(page.candidate.key)
    const state = record?.kind === 'resuming' ? size(record.state.length) : '–'
    return [page.candidate.key, page.mode, reasonOf(page, records), size(page.candidate.shellBytes), state]
  })
  const table = alignColumns([['Shell cache', 'mode', 'why', 'shell', 'state'], ...rows])
  const hidden = pages.length - shown.length
  return hidden === 0 ? table : `${table}\n… and ${hidden} more concrete pages`
}

function reasonOf({ candidate, mode, reason }: Classified, records: readonly ShellRecord[]): string {
  if (mode === 'off' || records.some(({ key }) => key === candidate.key)) return reason
  const hasFallback = records.some(({ key, route }) => route === candidate.route && isDynamic(key))
  return `${reason}, over the limit: ${hasFallback ? "opens from its route's" : 'comes from the network'}`
}

function withoutLongTail(pages: readonly Classified[]): readonly Classified[] {
  let concrete = 0
  return [...pages]
    .sort((a, b) => (a.candidate.key < b.candidate.key ? -1 : 1))
    .filter(
      ({ candidate }) => !isDynamic(candidate.route) || isDynamic(candidate.key) || ++concrete <= MOST_CONCRETE_ROWS,
    )
}

function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`
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
