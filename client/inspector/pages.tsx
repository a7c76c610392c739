/** @jsxImportSource preact */
// What the build made of each page, and why.

import type { VNode } from 'preact'

import type { InspectedBuild } from '../../protocol/page/inspection.ts'
import { formatBytes } from './format.ts'
import type { Snapshot } from './snapshot.ts'
import { Badge, Table } from './table.tsx'

const COLUMNS = ['Page', 'Mode', 'Why', 'Shell', 'Stored here']
const TONES = { instant: 'good', gated: 'other', off: 'bad' } as const

type Props = { readonly snapshot: Snapshot; readonly build: InspectedBuild }

export function Pages({ snapshot: { inspection }, build: { pages } }: Props): VNode {
  const stored = new Set(inspection?.records.map(({ key }) => key))
  const rows = pages.map(({ key, mode, reason, shellBytes }) => ({
    key,
    cells: [
      <code key="page">{key}</code>,
      <Badge key="mode" text={mode} tone={TONES[mode]} />,
      reason,
      formatBytes(shellBytes),
      stored.has(key) ? 'yes' : 'no',
    ],
  }))
  return <Table caption={`${pages.length} pages`} columns={COLUMNS} rows={rows} />
}
