// One visit drawn to scale: a lane for each thing that a page waits for, bars and marks on it. `lanesOf` is pure and says what is drawn
// where; `drawTimeline` draws it.

import type { Visit } from '../../protocol/inspection.ts'
import { element } from './element.ts'
import { formatMilliseconds } from './format.ts'

export type Lane = {
  readonly name: string
  /** Milliseconds since the visit began. */
  readonly from: number
  readonly to: number
  readonly tone: 'worker' | 'shell' | 'network'
  /** Where the build's patience would have ended. */
  readonly deadline: number | undefined
}

export type Deadlines = { readonly store: number; readonly answer: number }

export function lanesOf({ times, outcome, finding, ending }: Visit, deadlines: Deadlines): readonly Lane[] {
  const { boot, received, store, firstByte, reply, firstHole, lastHole, end } = times
  const lanes: (Lane | false)[] = [
    boot !== undefined && { name: 'Worker starts', from: 0, to: boot, tone: 'worker', deadline: undefined },
    store !== undefined && {
      name: finding === 'none' ? 'Store: nothing' : 'Store',
      from: received,
      to: store,
      tone: 'worker',
      deadline: received + deadlines.store,
    },
    {
      name: outcome === 'network' ? 'First byte, of the network' : 'First byte, of the shell',
      from: firstByte,
      to: firstByte,
      tone: 'shell',
      deadline: undefined,
    },
    reply !== undefined && {
      name: 'Verdict',
      from: store ?? received,
      to: reply,
      tone: 'network',
      deadline: (store ?? received) + deadlines.answer,
    },
    firstHole !== undefined && {
      name: ending === 'offline' || ending === 'stranded' ? 'Tail, without a network' : 'Holes, first to last',
      from: firstHole,
      to: lastHole ?? firstHole,
      tone: 'network',
      deadline: undefined,
    },
    { name: 'End', from: end, to: end, tone: 'shell', deadline: undefined },
  ]
  return lanes.filter((lane) => lane !== false)
}

export function drawTimeline(visit: Visit, deadlines: Deadlines): HTMLElement {
  const lanes = lanesOf(visit, deadlines)
  const whole = Math.max(1, ...lanes.map(({ to }) => to))
  const said = lanes.map(
    ({ name, from, to }) => `${name}: ${from === to ? '' : `${formatMilliseconds(from)} to `}${formatMilliseconds(to)}`,
  )
  return element(
    'div',
    { class: 'timeline', role: 'img', 'aria-label': said.join('. ') },
    ...lanes.map((lane) => drawLane(lane, whole)),
  )
}

function drawLane({ name, from, to, tone, deadline }: Lane, whole: number): HTMLElement {
  const bar = element('span', { class: `bar ${tone}${from === to ? ' mark' : ''}` })
  place(bar, from / whole, to / whole)
  const track = element('span', { class: 'track' }, bar)
  if (deadline !== undefined && deadline <= whole) {
    const line = element('span', { class: 'deadline', title: `Patience until ${formatMilliseconds(deadline)}` })
    place(line, deadline / whole, deadline / whole)
    track.append(line)
  }
  const time = from === to ? formatMilliseconds(to) : formatMilliseconds(to - from)
  return element(
    'div',
    { class: 'lane' },
    element('span', { class: 'name' }, name),
    track,
    element('span', { class: 'time' }, time),
  )
}

function place({ style }: HTMLElement, from: number, to: number): void {
  style.left = `${from * 100}%`
  style.width = `${(to - from) * 100}%`
}
