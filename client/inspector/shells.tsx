// The records of this browser.

import type { InspectedBuild, InspectedRecord } from '../../protocol/inspection.ts'
import { badge, element, table } from './element.ts'
import { formatBytes, formatSeconds } from './format.ts'
import type { Sight } from './look.ts'

const COLUMNS = ['Page', 'Mode', 'State', 'Size', 'Age', 'Lifetime', 'Hits', 'Digest']

export function drawShells({ inspection, at }: Sight, { pages }: InspectedBuild): readonly Node[] {
  const records = inspection?.records ?? []
  if (records.length === 0) return [element('p', {}, 'Nothing.')]
  const modes = new Map(pages.map(({ key, mode }) => [key, mode]))
  const bytes = records.reduce((sum, record) => sum + record.bytes, 0)
  const rows = records.map((record) => [
    element('code', {}, record.key),
    modes.get(record.key) ?? modes.get(record.route) ?? 'gated',
    stateOf(record, at),
    formatBytes(record.bytes),
    formatSeconds(Math.max(0, at - record.receivedAt) / 1000),
    lifetimeOf(record),
    String(record.hits),
    element('code', { title: record.digest }, record.digest.slice(0, 8)),
  ])
  return [table(`${records.length} records, ${formatBytes(bytes)}`, COLUMNS, rows)]
}

function lifetimeOf({ revalidate, expire }: InspectedRecord): string {
  if (revalidate === undefined && expire === undefined) return 'no limit'
  return `${formatSeconds(revalidate)}, at most ${formatSeconds(expire)}`
}

function stateOf({ isInDoubt, revalidate, expire, receivedAt, kind }: InspectedRecord, at: number): Node {
  const age = (at - receivedAt) / 1000
  if (isInDoubt) return badge('in doubt', 'bad')
  if (expire !== undefined && age >= expire) return badge('expired', 'bad')
  if (revalidate !== undefined && age >= revalidate) return badge('stale', 'other')
  return badge(kind === 'static' ? 'whole page' : 'shell', 'good')
}
