/** @jsxImportSource preact */
// Every option of the build, and its effect in this browser.

import type { VNode } from 'preact'

import type { InspectedBuild } from '../../protocol/page/inspection.ts'
import { effectOf } from './option-effects.ts'
import type { Snapshot } from './snapshot.ts'
import { Badge } from './table.tsx'

type Props = { readonly snapshot: Snapshot; readonly build: InspectedBuild }

export function Options({ snapshot, build }: Props): VNode {
  const { options, defaults } = build
  const items = Object.entries(options).flatMap(([name, value]) => {
    const isSet = JSON.stringify(value) !== JSON.stringify(defaults[name])
    return [
      <dt key={`${name}, name`}>
        <code>{name}</code> <Badge text={isSet ? 'set' : 'default'} tone={isSet ? 'other' : 'good'} />
      </dt>,
      <dd key={name} data-option={name}>
        <code>{value === null ? 'none' : JSON.stringify(value)}</code>
        <p>{effectOf(name, snapshot, build)}</p>
      </dd>,
    ]
  })
  return <dl class="options">{items}</dl>
}
