// Proves that an install fetches what is missing and will be kept, and nothing else.

import { expect, it } from 'vitest'

import type { Digest } from '../../protocol/digest.ts'
import type { Manifest, ManifestEntry } from '../../protocol/build/manifest.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import type { StoredUse } from '../store/records.ts'
import { workerConfig } from '../util/test-worker.ts'
import { planInstall } from './plan.ts'

const [one, two] = ['1', '2'].map((digit) => digit.repeat(43) as Digest) as [Digest, Digest]
const entry = (key: string, digest: Digest, assets: readonly number[] = []): ManifestEntry => {
  return { key, digest, url: `${key}.txt`, bytes: 10, cost: 10, weight: 20, hasParams: key.startsWith('/p/'), assets }
}
const manifestOf = (...entries: readonly ManifestEntry[]): Manifest => {
  return {
    version: 1,
    buildId: 'build',
    assets: ['/x.js', '/y.css'],
    lazy: [],
    hashes: {},
    weight: 20,
    images: [],
    entries,
  }
}
const stored = (key: string, given: Partial<StoredUse> = {}): StoredUse => {
  const kind = { isOfRoute: isDynamic(key), hasParams: key.startsWith('/p/'), isVisited: false }
  return { buildId: 'build', key, digest: one, bytes: 10, usedAt: 1, asOf: 0, tags: [], pages: [], ...kind, ...given }
}
const manifest = manifestOf(entry('/', one, [1, 0]), entry('/a', two))
const config = workerConfig()
const keys = (plan: ReturnType<typeof planInstall>) => plan.map((planned) => planned.entry.key)

it('plans every record of an empty store with its assets', () => {
  expect(planInstall(manifest, [], config).map((planned) => [planned.entry.key, planned.assets])).toEqual([
    ['/', ['/y.css', '/x.js']],
    ['/a', []],
  ])
})

it('leaves out what is stored already', () => {
  expect(keys(planInstall(manifest, [stored('/')], config))).toEqual(['/a'])
})

it('plans a record again whose digest differs, or that another build has', () => {
  expect(keys(planInstall(manifest, [stored('/', { digest: two })], config))).toEqual(['/', '/a'])
  expect(keys(planInstall(manifest, [stored('/', { buildId: 'old' })], config))).toEqual(['/', '/a'])
})

const large = manifestOf(...['/p/a', '/p/[slug]', '/about', '/', '/offline'].map((key) => entry(key, two)))
const small = (bytes: number) =>
  workerConfig({
    budget: { records: 100, bytes, images: 0, install: 1000 },
    offline: { page: { key: '/offline' }, expired: true },
  })

it('plans nothing that the budget would not keep, and the most worth first', () => {
  expect(keys(planInstall(large, [], small(1000)))).toEqual(['/offline', '/about', '/', '/p/[slug]', '/p/a'])
  expect(keys(planInstall(large, [], small(40)))).toEqual(['/offline', '/about', '/', '/p/[slug]'])
  expect(keys(planInstall(large, [], small(10)))).toEqual(['/offline'])
  expect(keys(planInstall(large, [stored('/p/visited', { isVisited: true })], small(30)))).toEqual([
    '/offline',
    '/about',
  ])
})

const roomy = (install: number | undefined) => ({ ...small(1000), budget: { ...small(1000).budget, install } })

it('plans as much as there is room for, and in any case the page that is open and the offline page', () => {
  expect(keys(planInstall(large, [], roomy(40)))).toEqual(['/offline', '/about', '/', '/p/[slug]'])
  expect(keys(planInstall(large, [], roomy(20), [['/p/a', '/p/[slug]']]))).toEqual(['/offline', '/p/a'])
  expect(keys(planInstall(large, [], roomy(0), [['/p/unlisted', '/p/[slug]']]))).toEqual(['/offline', '/p/[slug]'])
})

it('plans less than the open page has cost, if the app says nothing', () => {
  const heavy = (weight: number): Manifest => ({
    ...large,
    weight,
    entries: large.entries.map((entry) => ({ ...entry, cost: 100_000, weight: entry.key === '/' ? weight : 0 })),
  })
  const planned = (weight: number, pages: readonly (readonly string[])[]) =>
    keys(planInstall(heavy(weight), [], roomy(undefined), pages))
  expect(planned(240_000, [['/']])).toEqual(['/offline', '/'])
  expect(planned(340_000, [['/']])).toEqual(['/offline', '/', '/about'])
  expect(planned(9_000_000, [['/']]), 'however heavy it is').toHaveLength(4)
  expect(planned(240_000, [['/of-no-record']])).toEqual(['/offline', '/about'])
})

it('plans less if the manifest, which is downloaded as well, has more records', () => {
  const [like] = large.entries
  if (!like) throw new Error('the manifest has records')
  const costly = large.entries.map((entry) => ({ ...entry, cost: 100_000, weight: 340_000 }))
  const others = Array.from({ length: 600 }, (_none, at) => ({ ...like, key: `/p/other-${at}`, cost: 100_000 }))
  const planned = (entries: typeof costly) => planInstall({ ...large, entries }, [], roomy(undefined), [['/']]).length
  expect(planned(costly)).toBe(3)
  expect(planned([...costly, ...others])).toBe(2)
})

it('plans what was visited in an earlier build before all else', () => {
  const visited = stored('/p/a', { buildId: 'old', isVisited: true })
  const plan = planInstall(large, [visited], small(20))
  expect(plan.map((planned) => [planned.entry.key, planned.isVisited])).toEqual([
    ['/offline', false],
    ['/p/a', true],
  ])
})
