/** @jsxImportSource preact */
// The records of this browser.

import type { VNode } from 'preact'

import type { InspectedBuild, InspectedRecord } from '../../protocol/page/inspection.ts'
import { formatBytes, formatSeconds } from './format.ts'
import type { Snapshot } from './snapshot.ts'
import { Badge, Table } from './table.tsx'

const COLUMNS = ['Page', 'Mode', 'State', 'Size', 'Age', 'Lifetime', 'Hits', 'Digest']

type Props = { readonly snapshot: Snapshot; readonly build: InspectedBuild }

export function Shells({ snapshot: { inspection, at }, build: { pages } }: Props): VNode {
  const records = inspection?.records ?? []
  if (records.length === 0) return <p>Nothing.</p>
  const modes = new Map(pages.map(({ key, mode }) => [key, mode]))
  const bytes = records.reduce((sum, record) => sum + record.bytes, 0)
  const rows = records.map((record) => ({
    key: record.key,
    cells: [
      <code key="page">{record.key}</code>,
      modes.get(record.key) ?? modes.get(record.route) ?? 'gated',
      stateOf(record, at),
      formatBytes(record.bytes),
      formatSeconds(Math.max(0, at - record.receivedAt) / 1000),
      lifetimeOf(record),
      String(record.hits),
      <code key="digest" title={record.digest}>
        {record.digest.slice(0, 8)}
      </code>,
    ],
  }))
  return <Table caption={`${records.length} records, ${formatBytes(bytes)}`} columns={COLUMNS} rows={rows} />
}

function lifetimeOf({ revalidate, expire }: InspectedRecord): string {
  if (revalidate === undefined && expire === undefined) return 'no limit'
  return `${formatSeconds(revalidate)}, at most ${formatSeconds(expire)}`
}

function stateOf({ isInvalidated, revalidate, expire, receivedAt, kind }: InspectedRecord, at: number): VNode {
  const age = (at - receivedAt) / 1000
  if (isInvalidated) return <Badge text="invalidated" tone="bad" />
  if (expire !== undefined && age >= expire) return <Badge text="expired" tone="bad" />
  if (revalidate !== undefined && age >= revalidate) return <Badge text="stale" tone="other" />
  return <Badge text={kind === 'static' ? 'whole page' : 'shell'} tone="good" />
}
