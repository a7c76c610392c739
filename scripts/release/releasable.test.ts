// Proves that a version without its links, or without a dated changelog, is not published.

import { expect, it } from 'vitest'

import { missingForRelease } from './releasable.mjs'

const LINKS = { repository: 'https://git.example/a', homepage: 'https://git.example/a', bugs: 'https://git.example/a' }
const manifest = { version: '0.2.0', ...LINKS }
const changelog = '# Changelog\n\n## 0.2.0 (2026-12-01)\n\n- A line.\n\n## 0.1.0 (2026-11-01)\n'

it('lets a version pass that has its links and a dated changelog', () => {
  expect(missingForRelease(manifest, changelog)).toEqual([])
})

it.each(Object.keys(LINKS))('names %s if package.json lacks it', (name) => {
  expect(missingForRelease({ ...manifest, [name]: undefined }, changelog)).toEqual([
    expect.stringContaining(`no \`${name}\``),
  ])
})

it('names a changelog without a date', () => {
  const open = changelog.replace('(2026-12-01)', '(unreleased)')
  expect(missingForRelease(manifest, open)).toEqual([expect.stringContaining('no date for 0.2.0')])
})

it('names a changelog of another version', () => {
  expect(missingForRelease({ ...manifest, version: '0.3.0' }, changelog)).toEqual([
    expect.stringContaining('begins with 0.2.0'),
  ])
})
