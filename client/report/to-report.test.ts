// Proves what a report says for each way in which a page can be loaded, and that it contains only fields that its reader knows.

import { expect, it } from 'vitest'

import { isPageReport } from '../../protocol/page/page-report.ts'
import { type Facts, toReport } from './to-report.ts'

const ACTIVE = { status: 'active', buildId: 'b', records: 3 } as const
const facts = (given: Partial<Facts> = {}): Facts => ({
  reloaded: false,
  offline: false,
  holes: [],
  registration: ACTIVE,
  hasShares: true,
  keepsNumber: true,
  isControlled: true,
  served: undefined,
  notes: undefined,
  waits: { store: undefined, verdict: undefined },
  vitals: {},
  ...given,
})
const SHOWN = { outcome: 'instant', stale: false, age: 3 } as const

it.each([
  ['worker', { registration: ACTIVE }],
  ['worker', { registration: { status: 'waiting' } }],
  ['worker', { registration: { status: 'registering', group: 'worker' } }],
  ['worker', { registration: { status: 'registering' }, hasShares: false }],
  ['unassigned', { registration: { status: 'registering' } }],
  ['control', { registration: { status: 'disabled', reason: '', group: 'control' }, isControlled: false }],
  ['unassigned', { registration: { status: 'disabled', reason: '', group: 'control' } }],
  [
    'unassigned',
    { registration: { status: 'disabled', reason: '', group: 'control' }, isControlled: false, keepsNumber: false },
  ],
  ['unassigned', { registration: { status: 'disabled', reason: '' } }],
  ['unassigned', { registration: { status: 'unsupported' } }],
  ['unassigned', { registration: { status: 'error', message: '' } }],
] satisfies [string, Partial<Facts>][])('counts as %s with %o', (group, given) => {
  expect(toReport(facts(given)).group).toBe(group)
})

it.each([
  ['network no-worker', { isControlled: false }],
  ['network reload', { reloaded: true, notes: { rests: true } }],
  ['network resting', { notes: { lookup: 'invalidated', rests: true } }],
  ['network none', { notes: { rests: false } }],
  ['network expired', { notes: { lookup: 'expired', rests: false } }],
  ['network route', { notes: { lookup: 'usable', refusal: 'route', rests: false } }],
  ['network undefined', { notes: { lookup: 'usable', rests: false } }],
  ['network undefined', {}],
  ['instant undefined resume 900', { served: SHOWN, notes: { rest: 'resumed', bytes: 900, rests: false } }],
  ['instant busy document 0', { served: SHOWN, notes: { rest: 'document', refusal: 'busy', bytes: 9, rests: false } }],
  ['instant unreachable', { served: SHOWN, notes: { rest: 'unreachable', rests: false } }],
  ['static undefined', { served: { ...SHOWN, outcome: 'static' }, notes: { lookup: 'usable', rests: false } }],
] satisfies [string, Partial<Facts>][])('says %s of %o', (said, given) => {
  const { rung, reason, transport, bytesSaved } = toReport(facts(given))
  expect(`${rung} ${reason} ${transport ?? ''} ${bytesSaved ?? ''}`.trim()).toBe(said)
})

it('makes what its reader takes, also of what a script has put in the worker’s place', () => {
  const notes = { lookup: '<b>', refusal: '/secret?of=mine', rest: 'x', rests: false }
  for (const report of [toReport(facts({ notes })), toReport(facts({ notes, served: SHOWN, holes: [1, 2.5] }))]) {
    expect(isPageReport(report)).toBe(true)
    expect(JSON.stringify(report)).not.toMatch(/secret|<b>/)
  }
})
