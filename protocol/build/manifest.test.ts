// Proves what a worker refuses to read. e2e proves that the adapter writes what workers read.

import { expect, it } from 'vitest'

import { parseManifest } from './manifest.ts'

const digest = 'A'.repeat(43)
const entry = {
  key: '/a',
  digest,
  url: '/_next/static/shell-cache/a.txt',
  bytes: 9,
  cost: 4,
  weight: 50,
  hasParams: false,
  assets: [0],
}
const manifest = {
  version: 1,
  buildId: 'build',
  entries: [entry],
  assets: ['/_next/static/chunks/a.js'],
  lazy: ['/_next/static/chunks/b.js'],
  hashes: { '/_next/static/chunks/a.js': digest },
  weight: 40,
  images: ['/_next/image?url=%2Fa.jpg&w=828&q=75'],
}

it('reads a manifest of its version', () => {
  expect(parseManifest(manifest)).toEqual({ ok: true, manifest })
})

it.each(['https://cdn.example/a.js', '//cdn.example/a.js'])('takes %s for an asset', (url) => {
  expect(parseManifest({ ...manifest, assets: [url], lazy: [url] }).ok).toBe(true)
})

it.each([
  ['no object', []],
  ['a newer version', { ...manifest, version: 2 }],
  ['no build', { ...manifest, buildId: undefined }],
  ['an asset that is neither a path nor a URL', { ...manifest, assets: ['a.js'] }],
  ['a lazy asset that no network has', { ...manifest, lazy: ['data:text/javascript,1'] }],
  ['no hashes', { ...manifest, hashes: undefined }],
  ['a picture of another origin', { ...manifest, images: ['//cdn.example/a.jpg'] }],
  ['a record of another origin', { ...manifest, entries: [{ ...entry, url: 'https://cdn.example/a' }] }],
  ['a digest of another form', { ...manifest, entries: [{ ...entry, digest: 'x' }] }],
  ['an asset that it does not list', { ...manifest, entries: [{ ...entry, assets: [1] }] }],
  ['a negative length', { ...manifest, entries: [{ ...entry, bytes: -1 }] }],
  ['a record of unknown size', { ...manifest, entries: [{ ...entry, cost: undefined }] }],
  ['pages of unknown weight', { ...manifest, weight: undefined }],
])('declines a manifest with %s', (_name, value) => {
  expect(parseManifest(value).ok).toBe(false)
})
