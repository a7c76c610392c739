// Proves what an origin refuses to read in its manifest, and that it names the place. adapter-plugin/output/files.test.ts proves that the
// adapter writes what the origin reads.

import { expect, it } from 'vitest'

import { parseOriginManifest } from './parse-manifest.ts'

const digest = 'A'.repeat(43)
const record = { key: '/a', route: '/a', digest, file: 'records/a.bin', tags: ['_N_T_/a'] }
const originManifest = {
  version: 4,
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
  ['nothing', null, 'is not a JSON object'],
  ['another version', { ...originManifest, version: 0 }, 'has version 0, this origin reads 4'],
  ['no build', { ...originManifest, buildId: undefined }, 'buildId'],
  ['an unknown key source', { ...originManifest, key: 'none' }, 'key'],
  ['no time', { ...originManifest, builtAt: undefined }, 'builtAt'],
  ['a time that is not a count', { ...originManifest, builtAt: -1 }, 'builtAt'],
  ['a limit that is not a count', { ...originManifest, actionBytes: 1.5 }, 'actionBytes'],
  ['a cache of another form', { ...originManifest, hasOwnPageCache: 'yes' }, 'hasOwnPageCache'],
  ['an unknown mode', { ...originManifest, routes: [{ pattern: '/a', mode: 'maybe', route: '/a' }] }, 'routes.0.mode'],
  ['a pattern of no route', { ...originManifest, routes: [{ pattern: '/a', mode: 'instant' }] }, 'routes.0.route'],
  ['a rule of another form', { ...originManifest, bypassFor: [{ header: 'x', value: 1 }] }, 'bypassFor.0.value'],
  ['a digest of another form', { ...originManifest, records: [{ ...record, digest: 'x' }] }, 'records.0.digest'],
  [
    'a record without a file',
    { ...originManifest, records: [record, { ...record, file: undefined }] },
    'records.1.file',
  ],
  ['tags that are not a list', { ...originManifest, records: [{ ...record, tags: '_N_T_/a' }] }, 'records.0.tags'],
])('declines an origin manifest with %s, and names the place', (_name, value, place) => {
  const reason = place.includes(' ') ? place : `has a \`${place}\` of another form`
  expect(parseOriginManifest(value)).toEqual({ ok: false, reason })
})
