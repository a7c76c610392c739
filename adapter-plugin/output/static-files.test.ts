// Proves which files of ours another adapter is told to deploy. e2e proves that it deploys them (e2e/specs/builds/extended.spec.ts).

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { contextOf, temporaryFolder } from '../test-context.ts'
import { withOwnFiles } from './static-files.ts'

let warned: string[] = []
beforeEach(() => {
  warned = []
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warned.push(text))
})
afterEach(() => vi.restoreAllMocks())

const APPS_OWN = { type: 'STATIC_FILE', id: 'static/chunks/a.js', pathname: '/docs/_next/static/chunks/a.js' }

async function built(files: readonly string[]): Promise<{ distDir: string; folder: string }> {
  const distDir = await temporaryFolder()
  const folder = join(distDir, 'static', 'shell-cache')
  await mkdir(folder, { recursive: true })
  for (const name of files) await writeFile(join(folder, name), '')
  return { distDir, folder }
}

it('names each of our files at its URL, as Next does, the worker and the inspector also at theirs', async () => {
  const { distDir, folder } = await built(['sw.js', 'inspector.html', 'record.a.txt'])
  const own = { ...APPS_OWN, filePath: join(distDir, 'static', 'chunks', 'a.js') }
  // A file of an older build that we have removed is still in Next's list. An adapter would fail on it.
  const older = { ...APPS_OWN, filePath: join(folder, 'record.old.txt') }
  const staticFiles = Object.freeze([own, older])
  const context = contextOf({ distDir, staticFiles, config: { basePath: '/docs' } })
  const { outputs } = await withOwnFiles(Object.freeze(context), 'platform')
  const file = (id: string, pathname: string, name: string): object => ({
    type: 'STATIC_FILE',
    id,
    pathname,
    filePath: join(folder, name),
    immutableHash: undefined,
  })
  expect(outputs.staticFiles).toHaveLength(6)
  expect(outputs.staticFiles).toEqual(
    expect.arrayContaining([
      own,
      file('static/shell-cache/sw.js', '/docs/_next/static/shell-cache/sw.js', 'sw.js'),
      file('sw.js', '/docs/sw.js', 'sw.js'),
      file('static/shell-cache/inspector.html', '/docs/_next/static/shell-cache/inspector.html', 'inspector.html'),
      file('_shell-cache/inspector', '/docs/_shell-cache/inspector', 'inspector.html'),
      file('static/shell-cache/record.a.txt', '/docs/_next/static/shell-cache/record.a.txt', 'record.a.txt'),
    ]),
  )
  expect(context.outputs.staticFiles, 'what Next gave').toBe(staticFiles)
  expect(warned).toEqual([])
})

it('names none of ours if the build has none, and says nothing', async () => {
  const distDir = await temporaryFolder()
  const { outputs } = await withOwnFiles(contextOf({ distDir, staticFiles: [] }), 'platform')
  expect(outputs.staticFiles).toEqual([])
  expect(warned).toEqual([])
})

it('hands over what Next gave, and says what is missing, if there is no list', async () => {
  const { distDir } = await built(['sw.js'])
  const { outputs, ...rest } = contextOf({ distDir })
  Reflect.deleteProperty(outputs, 'staticFiles')
  const context = { ...rest, outputs }
  expect(await withOwnFiles(context, 'platform')).toBe(context)
  expect(warned.join()).toContain('platform may not deploy the worker and its shells')
})
