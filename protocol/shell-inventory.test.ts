// Proves that the origin reads from a preload's header what the worker wrote, and reads nothing from any other value.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import {
  namedBuild,
  formatPreloadHeader,
  keyHashOf,
  namesOtherBuild,
  parsePreloadHeader,
  type Shown,
  startOf,
} from './shell-inventory.ts'

const shown = fc.oneof(
  fc.constantFrom<Shown>({ kind: 'hidden' }, { kind: 'absent' }),
  fc.stringMatching(/^[\w-]{43}$/).map((digest): Shown => ({ kind: 'own', start: startOf(digest) })),
)

it('reads back what it writes, whatever the keys are', () => {
  const buildIds = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
  const named = fc.array(fc.tuple(fc.string({ unit: 'binary' }).map(keyHashOf), shown), { maxLength: 30 })
  fc.assert(
    fc.property(buildIds, fc.boolean(), named, (buildId, hasAll, entries) => {
      const inventory = { buildId, hasAll, named: new Map(entries) }
      const header = formatPreloadHeader(inventory)
      expect(header).toMatch(/^[\x20-\x7e]+$/)
      expect(parsePreloadHeader(header)).toEqual(inventory)
    }),
  )
})

it('marks a key as the hash’s published examples say', () => {
  const marks = ['', 'a', 'foobar'].map((key) => Number.parseInt(keyHashOf(key), 36))
  expect(marks).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968])
})

it.each([
  '',
  'true; some',
  'b; all; but=',
  'b; all; but=é',
  'b;all',
  'b; but=a,,b',
  'b; but=a.short',
  'b; but=A',
  'b; but=a.0123456789x',
  `b; but=${'x,'.repeat(513)}x`,
  '%E0%A4%A; all',
])('reads nothing of %.20j', (value) => expect(parsePreloadHeader(value)).toBeUndefined())

it('knows another build of this app, whatever the ids are, and takes no other app for one', () => {
  const ids = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
  const basePaths = fc.constantFrom('', '/docs', '/docs/ü')
  fc.assert(
    fc.property(ids, ids, basePaths, basePaths, (buildId, other, basePath, otherPath) => {
      const said = namedBuild({ buildId: other, basePath: otherPath })
      expect(said).toMatch(/^[\x20-\x7e]+$/)
      expect(namesOtherBuild(said, { buildId, basePath })).toBe(basePath === otherPath && buildId !== other)
    }),
  )
  expect(namesOtherBuild(null, { buildId: 'a', basePath: '' })).toBe(false)
})
