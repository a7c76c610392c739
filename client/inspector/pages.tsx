// What the build made of each page, and why.

import type { InspectedBuild } from '../../protocol/inspection.ts'
import { badge, element, table } from './element.ts'
import { formatBytes } from './format.ts'
import type { Sight } from './look.ts'

const TONES = { instant: 'good', gated: 'other', off: 'bad' } as const

export function drawPages({ inspection }: Sight, { pages }: InspectedBuild): readonly Node[] {
  const stored = new Set(inspection?.records.map(({ key }) => key))
  const rows = pages.map(({ key, mode, reason, shellBytes }) => [
    element('code', {}, key),
    badge(mode, TONES[mode]),
    reason,
    formatBytes(shellBytes),
    stored.has(key) ? 'yes' : 'no',
  ])
  return [table(`${pages.length} pages`, ['Page', 'Mode', 'Why', 'Shell', 'Stored here'], rows)]
}
