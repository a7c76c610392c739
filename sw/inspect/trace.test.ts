// Proves what a visit says about the noted moments. That a real worker notes them is tested in e2e/specs/tools/inspector.spec.ts.

import { expect, it } from 'vitest'

import { resumingRecord } from '../util/test-worker.ts'
import { type Answered, isFromRecord, type Notes, toVisit } from './trace.ts'

const URL_OF_PAGE = new URL('https://shop.example/products?page=2')
const AROUND = { timeOrigin: 1_000_000, simulation: 'nothing' } as const

const answered = (given: Partial<Answered> = {}): Answered => ({
  outcome: 'instant',
  firstByteAt: 1012,
  firstHoleAt: 1100,
  lastHoleAt: 1300,
  endedAt: 1310,
  ending: 'complete',
  ...given,
})

const notes = (given: Partial<Notes> = {}): Notes => ({
  startedAt: undefined,
  receivedAt: 1000,
  isPreloaded: false,
  hadStaleHoles: false,
  ...given,
})

const record = { ...resumingRecord('/products'), receivedAt: 1, asOf: 1 }
const navigation = { url: URL_OF_PAGE, keys: ['/products'], mode: 'instant', isRepeat: false } as const

it('counts from the moment at which the worker had the navigation', () => {
  const visit = toVisit(
    URL_OF_PAGE,
    notes({
      found: { navigation, record: { kind: 'usable', record }, at: 1010 },
      reply: { kind: 'resumed', refusal: undefined, at: 1090 },
    }),
    answered(),
    AROUND,
  )
  expect(visit).toMatchObject({ at: 1_001_000, path: '/products?page=2', mode: 'instant', lookup: 'usable' })
  expect(visit.digest).toBe(record.digest)
  expect(visit.times).toEqual({
    boot: undefined,
    received: 0,
    store: 10,
    firstByte: 12,
    reply: 90,
    firstHole: 100,
    lastHole: 300,
    end: 310,
  })
})

it('counts from the start of a worker that was started for it', () => {
  const { at, times } = toVisit(URL_OF_PAGE, notes({ startedAt: 900 }), answered(), AROUND)
  expect(at).toBe(1_000_900)
  expect(times).toMatchObject({ boot: 100, received: 100, firstByte: 112 })
})

it('says nothing of what did not happen', () => {
  const { times, mode, lookup, reply } = toVisit(
    URL_OF_PAGE,
    notes(),
    answered({ outcome: 'network', firstHoleAt: undefined, lastHoleAt: undefined }),
    AROUND,
  )
  expect({ mode, lookup, reply }).toEqual({ mode: undefined, lookup: undefined, reply: undefined })
  expect(times).toMatchObject({ store: undefined, reply: undefined, firstHole: undefined, lastHole: undefined })
})

it.each([
  ['instant', true],
  ['gated', true],
  ['static', true],
  ['offline', true],
  ['network', false],
  ['offline-page', false],
  ['failed', false],
] as const)('counts %s as answered by a record: %s', (outcome, isHit) => {
  expect(isFromRecord({ outcome })).toBe(isHit)
})
