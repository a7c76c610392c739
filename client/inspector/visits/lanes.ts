// What a visit waited for, as lanes of a timeline with their beginnings and ends. Pure; timeline.tsx draws them.

import type { Visit } from '../../../protocol/page/inspection.ts'

export type Lane = {
  readonly name: string
  /** Milliseconds since the visit began. */
  readonly from: number
  readonly to: number
  readonly tone: 'worker' | 'shell' | 'network'
  /** When the build's timeout would have ended the wait. */
  readonly deadline: number | undefined
}

/** The options of the build that end a wait, in milliseconds. */
export type Timeouts = { readonly store: number; readonly response: number }

export function lanesOf({ times, outcome, lookup, ending }: Visit, timeouts: Timeouts): readonly Lane[] {
  const { boot, received, store, firstByte, reply, firstHole, lastHole, end } = times
  const lanes: (Lane | false)[] = [
    boot !== undefined && { name: 'Worker starts', from: 0, to: boot, tone: 'worker', deadline: undefined },
    store !== undefined && {
      name: lookup === 'none' ? 'Store: nothing' : 'Store',
      from: received,
      to: store,
      tone: 'worker',
      deadline: received + timeouts.store,
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
      deadline: (store ?? received) + timeouts.response,
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
