// Proves what the headers of a resume may look like; most cases are values that must not be accepted.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { Digest } from './digest.ts'
import { formatVerdict, parseVerdict, REFUSALS } from './verdict.ts'
import {
  formatRecordHeader,
  formatResumeHeader,
  parseRecordHeader,
  parseResumeHeader,
  readServerTiming,
  serverTiming,
} from './wire.ts'

const digest = 'A'.repeat(43) as Digest
const other = 'B'.repeat(43) as Digest

it('reads back every build id that it writes', () => {
  const wellFormed = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(wellFormed, (buildId) => {
      const header = formatResumeHeader({ buildId, digest })
      expect(header).toMatch(/^[\x20-\x7e]+$/)
      expect(parseResumeHeader(header)).toEqual({ buildId, digest })
    }),
  )
})

it.each([
  '',
  'build',
  'build; shell=',
  'build; shell=short',
  `build;shell=${digest}`,
  `; shell=${digest}`,
  `%E0%A4%A; shell=${digest}`,
  `build; shell=${digest}; shell=${digest}`,
  `${'x'.repeat(513)}; shell=${digest}`,
])('declines the resume header %j', (value) => {
  expect(parseResumeHeader(value)).toBeUndefined()
})

it('reads back every question for a record that it writes, and no other', () => {
  for (const question of [{ have: undefined }, { have: digest }, { have: digest, segments: other }]) {
    const asked = { buildId: 'a b', ...question }
    expect(parseRecordHeader(formatRecordHeader(asked))).toEqual(asked)
  }
  for (const value of ['', 'b; have=', 'b; have=x', `b; segments=${digest}`, `b; have=${digest}; segments=x`])
    expect(parseRecordHeader(value)).toBeUndefined()
})

it('reads back every verdict that it writes', () => {
  for (const said of [{ isStale: false }, { isStale: true }, { isStale: true, shellHash: other }]) {
    const resumed = { kind: 'resumed', digest, current: other, ...said } as const
    expect(parseVerdict(formatVerdict(resumed))).toEqual(resumed)
    const recorded = { kind: 'recorded', digest, ...said } as const
    expect(parseVerdict(formatVerdict(recorded))).toEqual(recorded)
  }
  for (const reason of REFUSALS) {
    expect(parseVerdict(formatVerdict({ kind: 'refused', reason }))).toEqual({ kind: 'refused', reason })
  }
})

it.each([
  null,
  '',
  'resumed',
  `resumed; shell=${digest}`,
  `resumed; shell=${digest}; current=x`,
  `resumed; shell=${digest}; current=${digest}; stale; stale`,
  `recorded; shell=${digest}; old`,
  'refused',
  'refused; reason=because',
  `resumed; shell=${digest}; current=${digest}, resumed; shell=${digest}; current=${digest}`,
])('takes %j for no verdict', (value) => {
  expect(parseVerdict(value)).toBeUndefined()
})

/** As a browser reads the header: a page gets each metric with a number and a text, which is empty if there is none. */
const metricsOf = (header: string) =>
  header.split(', ').map((metric) => ({
    name: /^[\w-]+/.exec(metric)?.[0] ?? '',
    description: /desc="(\w+)"/.exec(metric)?.[1] ?? '',
  }))

it('reads back how it said that a document was assembled', () => {
  for (const outcome of ['instant', 'gated', 'offline', 'static'] as const) {
    for (const stale of [false, true]) {
      expect(readServerTiming(metricsOf(serverTiming(outcome, 61_000, stale)))).toEqual({ outcome, stale, age: 61 })
    }
  }
})

it.each(['', 'db;dur=3', 'shell;dur=3', 'shell;desc="theirs";dur=3', 'shell-stale', 'my-shell;desc="instant"'])(
  'takes %j for nothing that a worker of ours has said',
  (header) => {
    expect(readServerTiming(metricsOf(header))).toBeUndefined()
  },
)
