// Proves when a build writes the worker to `public/`, when it is removed again, and that a file of the app's own is never touched.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { createShellCacheAdapter } from '../adapter.ts'
import { contextOf, temporaryFolder } from '../test-context.ts'
import type { ShellCacheOptions } from './shell-cache-options.ts'
import { withShellCache } from './with-shell-cache.ts'

const WORKER = '/* removes itself */'

// These are built files. A unit test must not depend on a build.
vi.mock(import('../browser-scripts.ts'), async (original) => ({
  ...(await original()),
  readPageScript: (name) => Promise.resolve({ name: `${name}.1.js`, content: '' }),
  readUninstaller: () => Promise.resolve('/* removes itself */'),
}))

let warned: string[] = []
let projectDir = ''
beforeEach(async () => {
  warned = []
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warned.push(text))
  for (const name of ['NEXT_PRIVATE_STANDALONE', 'NETLIFY', 'AWS_APP_ID']) vi.stubEnv(name, '')
  vi.stubEnv('CI', '1')
  projectDir = await temporaryFolder()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const copy = (): string => join(projectDir, 'public', 'sw.js')

type Phase = 'phase-production-build' | 'phase-development-server'

/** Runs the hooks as Next does. With `uninstall` our build writes the least: only the worker that removes itself. */
async function run(options: ShellCacheOptions, during = async () => {}, phase: Phase = 'phase-production-build') {
  const adapter = createShellCacheAdapter({
    ...options,
    uninstall: true,
    extend: { name: 'platform', onBuildComplete: () => void (deployed = existsSync(copy())) },
  })
  let deployed = false
  const given = contextOf({ config: { env: {} } }).config
  const config = (await adapter.modifyConfig?.(given, { phase, nextVersion: '16.4.6', projectDir })) ?? given
  if (phase === 'phase-development-server') return deployed
  await during()
  const routing = { beforeFiles: [{ source: '/sw.js', sourceRegex: '^/sw\\.js$' }] }
  await adapter.onBuildComplete?.({ ...contextOf({ distDir: join(projectDir, '.next'), config, routing }), projectDir })
  return deployed
}

it.each([
  ['nothing says so', {}, undefined, false],
  ['the option says so', { publicWorker: true }, undefined, true],
  ['OpenNext builds', {}, 'NEXT_PRIVATE_STANDALONE', true],
  ['Netlify builds', {}, 'NETLIFY', true],
  ['Amplify builds', {}, 'AWS_APP_ID', true],
  ['a host builds and the option says no', { publicWorker: false }, 'NETLIFY', false],
])('writes the copy before another adapter deploys, or none: %s', async (_name, options, host, isWritten) => {
  if (host) vi.stubEnv(host, 'true')
  expect(await run(options)).toBe(isWritten)
  if (isWritten) expect(await readFile(copy(), 'utf8')).toMatch(/^\/\* eslint-disable -- Written by next-shell-cache/)
  if (isWritten) expect((await readFile(copy(), 'utf8')).split('\n').slice(1)).toEqual([WORKER])
  expect(warned).toEqual([])
})

it.each<[string, () => unknown]>([
  ['a build without it', () => run({ publicWorker: false })],
  ['`next dev`', () => run({ publicWorker: true }, undefined, 'phase-development-server')],
  [
    'a config that is declined',
    () => {
      vi.spyOn(process, 'cwd').mockReturnValue(projectDir)
      withShellCache({ cacheComponents: false })
    },
  ],
])('leaves no old copy behind %s', async (_name, next) => {
  await run({ publicWorker: true })
  await writeFile(copy(), `${await readFile(copy(), 'utf8')}older`)
  await run({ publicWorker: true })
  expect(await readFile(copy(), 'utf8'), 'each build writes it anew').not.toContain('older')
  await next()
  expect(existsSync(copy())).toBe(false)
})

it.each([true, false])('never touches a worker of the app’s own, with the option at %s', async (publicWorker) => {
  await mkdir(join(projectDir, 'public'))
  await writeFile(copy(), 'the app’s own')
  await run({ publicWorker })
  await run({ publicWorker }, undefined, 'phase-development-server')
  expect(await readFile(copy(), 'utf8')).toBe('the app’s own')
  expect(existsSync(join(projectDir, '.next')), 'declined').toBe(false)
})

it('leaves alone, and names, what a step of the app’s build puts there', async () => {
  await run({ publicWorker: true }, async () => {
    await mkdir(join(projectDir, 'public'))
    await writeFile(copy(), 'the app’s own')
  })
  expect(await readFile(copy(), 'utf8')).toBe('the app’s own')
  expect(warned).toEqual([expect.stringContaining('The worker could not be written to public/sw.js: EEXIST')])
})

it('says that git would take the copy for a source, unless it is ignored', async () => {
  vi.stubEnv('CI', '')
  await run({ publicWorker: true })
  expect(warned, 'without a repository').toEqual([])
  execFileSync('git', ['init', '--quiet'], { cwd: projectDir })
  await writeFile(join(projectDir, '.gitignore'), '/public/sw.js\n')
  await run({ publicWorker: true })
  expect(warned).toEqual([])
  await writeFile(join(projectDir, '.gitignore'), '')
  await run({ publicWorker: true })
  expect(warned).toEqual([expect.stringContaining('Add `/public/sw.js` to .gitignore.')])
})
