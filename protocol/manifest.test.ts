// Proves what a worker and an origin refuse to read. That the adapter writes what they read is e2e's to prove.

import { expect, it } from 'vitest'

import { parseManifest } from './manifest.ts'
import { parseOriginManifest } from './origin-manifest.ts'

const digest = 'A'.repeat(43)
const entry = { key: '/a', digest, url: '/_next/static/shell-cache/a.txt', bytes: 9, hasParams: false, assets: [0] }
const manifest = {
  version: 1,
  buildId: 'build',
  entries: [entry],
  assets: ['/_next/static/chunks/a.js'],
  lazy: ['/_next/static/chunks/b.js'],
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
  ['a picture of another origin', { ...manifest, images: ['//cdn.example/a.jpg'] }],
  ['a record of another origin', { ...manifest, entries: [{ ...entry, url: 'https://cdn.example/a' }] }],
  ['a digest of another form', { ...manifest, entries: [{ ...entry, digest: 'x' }] }],
  ['an asset that it does not list', { ...manifest, entries: [{ ...entry, assets: [1] }] }],
  ['a negative length', { ...manifest, entries: [{ ...entry, bytes: -1 }] }],
])('declines a manifest with %s', (_name, value) => {
  expect(parseManifest(value).ok).toBe(false)
})

const record = { key: '/a', route: '/a', digest, file: 'records/a.bin', tags: ['_N_T_/a'] }
const originManifest = {
  version: 3,
  buildId: 'build',
  builtAt: 1,
  hasOwnPageCache: false,
  basePath: '',
  key: 'file',
  routes: [{ pattern: '/a', mode: 'gated', route: '/a' }],
  bypassFor: [{ header: 'next-action' }, { header: 'user-agent', value: 'bot' }],
  records: [record],
}

it('reads an origin manifest of its version', () => {
  expect(parseOriginManifest(originManifest)).toEqual({ ok: true, manifest: originManifest })
})

it.each([
  ['no object', null],
  ['another version', { ...originManifest, version: 0 }],
  ['an unknown key source', { ...originManifest, key: 'none' }],
  ['an unknown mode', { ...originManifest, routes: [{ pattern: '/a', mode: 'maybe', route: '/a' }] }],
  ['a record without a file', { ...originManifest, records: [{ ...record, file: undefined }] }],
  ['a record whose tags do not read', { ...originManifest, records: [{ ...record, tags: '_N_T_/a' }] }],
  ['no time', { ...originManifest, builtAt: undefined }],
  ['a cache of another form', { ...originManifest, hasOwnPageCache: 'yes' }],
  ['a pattern of no route', { ...originManifest, routes: [{ pattern: '/a', mode: 'instant' }] }],
  ['a rule of another form', { ...originManifest, bypassFor: [{ header: 'x', value: 1 }] }],
])('declines an origin manifest with %s', (_name, value) => {
  expect(parseOriginManifest(value).ok).toBe(false)
})
