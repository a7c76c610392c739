// Proves which packages are named, and what the notice says of each. e2e/specs/builds/dist.spec.ts proves that the built file is complete.

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { formatNotices, noticeOf, packageFolders } from './third-party-notices.mjs'

async function packageWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'shell-cache-notices-')), 'node_modules', 'one')
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

const ONE = JSON.stringify({ name: 'one', version: '1.2.3', license: 'MIT' })

it('names each package once, by the innermost folder, and none of the repository’s own modules', () => {
  const ids = [
    '/repo/sw/index.ts',
    '/repo/node_modules/idb/build/index.js',
    '/repo/node_modules/idb/build/wrap.js',
    '/repo/node_modules/@scope/two/index.js',
    '/repo/node_modules/idb/node_modules/three/index.js',
    String.raw`C:\repo\node_modules\four\index.js`,
    '\0virtual',
  ]
  expect(packageFolders(ids)).toEqual([
    '/repo/node_modules/idb',
    '/repo/node_modules/@scope/two',
    '/repo/node_modules/idb/node_modules/three',
    String.raw`C:\repo\node_modules\four`,
  ])
})

it('gives name, version, licence, and the whole text of licence and notice', async () => {
  const notice = noticeOf(await packageWith({ 'package.json': ONE, 'LICENSE.md': 'All of it.\n', NOTICE: 'By one.' }))
  expect(notice).toEqual({ name: 'one', version: '1.2.3', license: 'MIT', text: 'All of it.\n\nBy one.' })
  const text = formatNotices([notice, { ...notice, name: 'another' }])
  expect(text.indexOf('another 1.2.3 (MIT)\n\nAll of it.')).toBeGreaterThan(0)
  expect(text.indexOf('one 1.2.3 (MIT)')).toBeGreaterThan(text.indexOf('another'))
})

it.each([
  ['no text', { 'package.json': ONE }],
  ['no name', { 'package.json': JSON.stringify({ name: 'one', version: '1.2.3' }), LICENSE: 'All of it.' }],
])('stops the build for a package whose licence has %s', async (_name, files) => {
  const folder = await packageWith(files)
  expect(() => noticeOf(folder)).toThrow(/^one is bundled, and its licence has no text or no name/)
})
