/** @jsxImportSource preact */
// A visit drawn to scale: a lane for each wait, with a bar from its beginning to its end. A screen reader reads it as one sentence.

import type { VNode } from 'preact'

import type { Visit } from '../../../protocol/page/inspection.ts'
import { formatMilliseconds } from '../format.ts'
import { type Lane, lanesOf, type Timeouts } from './lanes.ts'

export function Timeline({ visit, timeouts }: { readonly visit: Visit; readonly timeouts: Timeouts }): VNode {
  const lanes = lanesOf(visit, timeouts)
  const whole = Math.max(1, ...lanes.map(({ to }) => to))
  const said = lanes.map(
    ({ name, from, to }) => `${name}: ${from === to ? '' : `${formatMilliseconds(from)} to `}${formatMilliseconds(to)}`,
  )
  return (
    <div class="timeline" role="img" aria-label={said.join('. ')}>
      {lanes.map((lane) => (
        <Drawn key={lane.name} lane={lane} whole={whole} />
      ))}
    </div>
  )
}

/** @param whole - The milliseconds of the full width. */
function Drawn({ lane, whole }: { readonly lane: Lane; readonly whole: number }): VNode {
  const { name, from, to, tone, deadline } = lane
  return (
    <div class="lane">
      <span class="name">{name}</span>
      <span class="track">
        <span class={`bar ${tone}${from === to ? ' mark' : ''}`} style={placed(from / whole, to / whole)} />
        {deadline !== undefined && deadline <= whole && (
          <span
            class="deadline"
            title={`Timeout at ${formatMilliseconds(deadline)}`}
            style={placed(deadline / whole, deadline / whole)}
          />
        )}
      </span>
      <span class="time">{formatMilliseconds(from === to ? to : to - from)}</span>
    </div>
  )
}

/** Set by CSSOM, which a policy without 'unsafe-inline' allows. */
function placed(from: number, to: number): { readonly left: string; readonly width: string } {
  return { left: `${from * 100}%`, width: `${(to - from) * 100}%` }
}
