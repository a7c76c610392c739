// Proves what is added to the trace from which Next copies a standalone server, however the package is installed. e2e proves that the
// server then finds it (standalone.spec.ts, forms.spec.ts).

import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { createShellCacheAdapter } from '../adapter.ts'
import { addToStandalone } from './standalone.ts'
import { contextOf, temporaryFolder } from '../test-context.ts'

// These are built files. A unit test must not depend on a build.
vi.mock(import('../browser-scripts.ts'), async (original) => ({
  ...(await original()),
  readUninstaller: () => Promise.resolve('/* removes itself */'),
}))

let warned: string[] = []
beforeEach(() => {
  warned = []
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warned.push(text))
})
afterEach(() => vi.restoreAllMocks())

const OWN_FILES = ['package.json', 'dist/node/register.js']

/** An app in a monorepo after its build. The package is installed at `installed`, a path relative to the monorepo. */
async function builtApp(installed: string, trace: object): Promise<{ projectDir: string; distDir: string }> {
  const root = await temporaryFolder()
  const projectDir = join(root, 'apps', 'web')
  const distDir = join(projectDir, '.next')
  const files = [
    ...OWN_FILES.map((file) => join(root, installed, file)),
    join(distDir, 'server/shell-cache/origin.json'),
  ]
  for (const file of files) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, '{}')
  }
  await writeFile(join(distDir, 'next-server.js.nft.json'), JSON.stringify(trace))
  return { projectDir, distDir }
}

async function traceAfter(app: { projectDir: string; distDir: string }): Promise<unknown> {
  const context = contextOf({ distDir: app.distDir, config: { output: 'standalone' } })
  await addToStandalone({ ...context, projectDir: app.projectDir })
  expect(warned).toEqual([])
  return JSON.parse(await readFile(join(app.distDir, 'next-server.js.nft.json'), 'utf8'))
}

const ORIGIN = 'server/shell-cache/origin.json'
const HOISTED = '../../../node_modules/next-shell-cache'
const STORE = '../../../store/next-shell-cache'
const LINK = '../node_modules/next-shell-cache'

it('adds the origin and its records, from where the package was hoisted to', async () => {
  const app = await builtApp('node_modules/next-shell-cache', { version: 1, files: ['a.js'], fileHashes: ['x'] })
  expect(await traceAfter(app)).toEqual({
    version: 1,
    files: ['a.js', ORIGIN, ...OWN_FILES.map((file) => `${HOISTED}/${file}`)],
    fileHashes: ['x'],
  })
})

it.each([
  [
    'a trace that knows links',
    { symlinks: [[0, 'b.js']] },
    {
      symlinks: [
        [0, 'b.js'],
        [4, STORE],
      ],
    },
  ],
  ['a trace that leaves them to anyone who copies', {}, {}],
])('adds the link that leads to the package to %s', async (_name, before, after) => {
  const app = await builtApp('store/next-shell-cache', { files: ['a.js'], ...before })
  await mkdir(join(app.projectDir, 'node_modules'))
  await symlink('../../../store/next-shell-cache', join(app.projectDir, 'node_modules', 'next-shell-cache'))
  const files = ['a.js', ORIGIN, ...OWN_FILES.map((file) => `${STORE}/${file}`), LINK]
  expect(await traceAfter(app)).toEqual({ files, ...after })
})

// The command that starts the server imports the package, whatever the result of the build.
it.each([
  ['removes the worker from browsers', { uninstall: true }, {}],
  ['has no shells, because its config cannot have any', {}, { env: {} }],
])('adds the package to a build that %s', async (_name, options, config) => {
  const app = await builtApp('node_modules/next-shell-cache', { files: ['a.js'] })
  await rm(join(app.distDir, 'server'), { recursive: true })
  const context = contextOf({ distDir: app.distDir, config: { output: 'standalone', ...config } })
  await createShellCacheAdapter({ ...options, publicWorker: false }).onBuildComplete?.({ ...context, ...app })
  const { files } = JSON.parse(await readFile(join(app.distDir, 'next-server.js.nft.json'), 'utf8'))
  expect(files).toEqual(['a.js', ...OWN_FILES.map((file) => `${HOISTED}/${file}`)])
  expect(warned.filter((text) => text.includes('standalone'))).toEqual([])
})

it('leaves a link alone that Next has found', async () => {
  const trace = { files: [LINK], symlinks: [[0, STORE]] }
  const app = await builtApp('store/next-shell-cache', trace)
  await mkdir(join(app.projectDir, 'node_modules'))
  await symlink('../../../store/next-shell-cache', join(app.projectDir, 'node_modules', 'next-shell-cache'))
  expect(await traceAfter(app)).toMatchObject({ symlinks: trace.symlinks })
})

it('says what is missing if the trace is of another form', async () => {
  const { projectDir, distDir } = await builtApp('node_modules/next-shell-cache', { files: 'none' })
  await addToStandalone({ ...contextOf({ distDir, config: { output: 'standalone' } }), projectDir })
  expect(warned.join()).toContain('The standalone output was not completed')
})
