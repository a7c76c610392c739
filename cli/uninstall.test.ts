// Proves which files the kill switch overwrites. e2e proves what it does in a browser.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it, vi } from 'vitest'

import { markCopy } from '../adapter-plugin/browser-scripts.ts'
import { temporaryFolder } from '../adapter-plugin/test-context.ts'
import { uninstall } from './uninstall.ts'

// This is a built file. A unit test must not depend on a build.
vi.mock(import('../adapter-plugin/browser-scripts.ts'), async (original) => ({
  ...(await original()),
  readUninstaller: () => Promise.resolve('/* removes itself */'),
}))

it.each([
  ['the copy that a build left', markCopy('worker()'), true],
  ['a worker of the app’s own', 'worker()', false],
])('writes over %s: %#', async (_name, content, isReplaced) => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'package.json'), '{}')
  await mkdir(join(folder, 'public'))
  await writeFile(join(folder, 'public', 'sw.js'), content)
  expect((await uninstall(folder, false)).passed).toBe(isReplaced)
  const left = await readFile(join(folder, 'public', 'sw.js'), 'utf8')
  expect(left).toBe(isReplaced ? '/* removes itself */' : content)
})
