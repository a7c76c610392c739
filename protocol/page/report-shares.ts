// Counts from reports how the pages of browsers with a worker came. Pure; printed by `next-shell-cache report`, drawn by the inspector.

import type { PageReport } from './page-report.ts'

export type Share = { readonly name: string; readonly count: number; readonly part: number }

/** How the pages of browsers with a worker came, and why not from a shell; the most frequent first. */
export function sharesOf(reports: readonly PageReport[]): readonly Share[] {
  const views = reports.filter(({ group }) => group === 'worker')
  const counts = new Map<string, number>()
  for (const { rung, reason } of views) {
    const name = reason === undefined ? rung : `${rung}: ${reason}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .map(([name, count]) => ({ name, count, part: count / views.length }))
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name))
}
