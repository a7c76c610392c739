// Proves which lanes a visit has, and from when to when; e2e/specs/tools/inspector.spec.ts shows them drawn.

import { expect, it } from 'vitest'

import { visitOf } from '../../../protocol/page/test-visit.ts'
import { lanesOf } from './lanes.ts'

const TIMEOUTS = { store: 50, response: 1000 }

it('has a lane for each wait, in the order in which they began', () => {
  const times = { boot: 30, received: 30, store: 34, firstByte: 36, reply: 90, firstHole: 95, lastHole: 300, end: 310 }
  expect(
    lanesOf(visitOf({}, times), TIMEOUTS).map(({ name, from, to, deadline }) => [name, from, to, deadline]),
  ).toEqual([
    ['Worker starts', 0, 30, undefined],
    ['Store', 30, 34, 80],
    ['First byte, of the shell', 36, 36, undefined],
    ['Verdict', 34, 90, 1034],
    ['Holes, first to last', 95, 300, undefined],
    ['End', 310, 310, undefined],
  ])
})

it('has no lane for what did not happen', () => {
  const lanes = lanesOf(visitOf({ outcome: 'network', lookup: undefined }), TIMEOUTS)
  expect(lanes.map(({ name }) => name)).toEqual(['First byte, of the network', 'End'])
})

it('says that the store had nothing', () => {
  expect(lanesOf(visitOf({ lookup: 'none' }, { store: 3 }), TIMEOUTS)[0]?.name).toBe('Store: nothing')
})

it.each(['offline', 'stranded'] as const)('does not draw the tail of a page that ended %s as a hole', (ending) => {
  const lanes = lanesOf(visitOf({ ending }, { firstHole: 9, lastHole: 9 }), TIMEOUTS)
  expect(lanes.map(({ name }) => name)).toContain('Tail, without a network')
})
