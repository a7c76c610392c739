// Proves that an install fetches what is missing and nothing else.

import { expect, it } from 'vitest'

import type { Digest } from '../../protocol/digest.ts'
import type { Manifest } from '../../protocol/manifest.ts'
import { planInstall } from './plan.ts'

const [one, two] = ['1', '2'].map((digit) => digit.repeat(43) as Digest) as [Digest, Digest]
const manifest: Manifest = {
  version: 1,
  buildId: 'b',
  assets: ['/x.js', '/y.css'],
  lazy: [],
  images: [],
  entries: [
    { key: '/', digest: one, url: '/one.txt', bytes: 1, assets: [1, 0] },
    { key: '/a', digest: two, url: '/two.txt', bytes: 1, assets: [] },
  ],
}

it('plans every record of an empty store with its assets', () => {
  const plan = planInstall(manifest, new Map())
  expect(plan.map(({ entry, assets }) => [entry.key, assets])).toEqual([
    ['/', ['/y.css', '/x.js']],
    ['/a', []],
  ])
})

it('leaves out what is stored already', () => {
  expect(planInstall(manifest, new Map([['/', one]])).map(({ entry }) => entry.key)).toEqual(['/a'])
})

it('plans a record again whose digest differs', () => {
  expect(planInstall(manifest, new Map([['/', two]])).map(({ entry }) => entry.key)).toEqual(['/', '/a'])
})
