/** @jsxImportSource preact */
// The reports of this browser's pages: each one drawn, how many pages came by which rung, and all of them as a file
// for `next-shell-cache report`.

import type { VNode } from 'preact'

import { sharesOf } from '../../../protocol/page/report-shares.ts'
import { formatCount } from '../format.ts'
import type { Snapshot } from '../snapshot.ts'
import { Chart } from './chart.tsx'

export function Report({ snapshot: { inspection } }: { readonly snapshot: Snapshot }): VNode {
  const reports = inspection?.reports ?? []
  if (reports.length === 0)
    return <p>No report yet. Open pages of the app and leave them: a page reports when it is left or hidden.</p>
  const shares = sharesOf(reports.map(({ report }) => report))
  return (
    <>
      <Chart reports={reports} />
      {shares.length > 0 && (
        <p class="shares">
          {`How ${formatCount(reports.length, 'page')} came: `}
          {shares.map(({ name, count, part }) => `${name} ${count} (${Math.round(part * 100)} %)`).join(', ')}.
        </p>
      )}
    </>
  )
}
