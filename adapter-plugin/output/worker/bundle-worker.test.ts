// Proves how an app's own worker is bundled, with the real esbuild and the source of `next-shell-cache/sw`: what the bundle contains, and
// which mistakes end the build. e2e proves that the worker runs (own-worker.spec.ts).

import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, it, vi } from 'vitest'

import type { WorkerConfig } from '../../../protocol/build/worker-config.ts'
import { workerConfig } from '../../../sw/util/test-worker.ts'
import { bundleWorker, coreWith, requireBundlable } from './bundle-worker.ts'
import { temporaryFolder } from '../../test-context.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const ENTRY = join(ROOT, 'sw', 'entries', 'own-worker.ts')
const INSTALL = `import { installShellCache } from 'next-shell-cache/sw'\ninstallShellCache()\n`

const CONFIG = workerConfig({ buildId: 'build-of-this-test', preload: true })

/** An app with these files and with esbuild installed. */
async function appWith(files: Readonly<Record<string, string>>, hasBundler = true): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries({ 'package.json': '{}', ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  await mkdir(join(folder, 'node_modules'), { recursive: true })
  if (hasBundler) await symlink(join(ROOT, 'node_modules', 'esbuild'), join(folder, 'node_modules', 'esbuild'))
  return folder
}

type AppConfig = Parameters<typeof bundleWorker>[2]['config']

function bundle(projectDir: string, worker: string, change: Partial<WorkerConfig> = {}, config: AppConfig = {}) {
  return bundleWorker(worker, coreWith({ ...CONFIG, ...change }, ENTRY), { projectDir, config })
}

it('makes one script of TypeScript and its imports, around this build', async () => {
  const app = await appWith({
    'app/sw.ts': `${INSTALL}import { title } from './push/title'\nself.addEventListener('push', (): void => title(1 as number))`,
    'app/push/title.ts': `export const title = (count: number): void => console.log('a title', count)`,
  })
  const script = await bundle(app, './app/sw.ts')
  expect(script).toContain('a title')
  expect(script).toContain('build-of-this-test')
  expect(script).not.toMatch(/\b(?:import|export|require)\b[ (]/)
  const names = { buildId: 'build-of-this-test', basePath: '', manifestUrl: '/manifest.json' }
  expect(script.trimEnd().split('\n').at(-1), 'for the doctor').toBe(`//# shell-cache ${JSON.stringify(names)}`)
  expect(script, 'a name of ours that no one has replaced').not.toMatch(/SHELL_CACHE_(?:CONFIG|IS_WATCHED)/)
})

it('knows the public variables of the environment and those of next.config, and nothing else of either', async () => {
  vi.stubEnv('NEXT_PUBLIC_KEY', 'a public key')
  vi.stubEnv('PRIVATE_KEY', 'a private key')
  try {
    const names = ['NODE_ENV', 'NEXT_PUBLIC_KEY', 'REGION', 'PRIVATE_KEY']
    const said = names.map((name) => `process.env.${name}`).join(', ')
    const app = await appWith({ 'sw.ts': `${INSTALL}console.log(${said})` })
    const script = await bundle(app, 'sw.ts', {}, { env: { REGION: 'north' } })
    expect(script).toContain('console.log("production","a public key","north",')
    expect(script).not.toContain('a private key')
    expect(script).not.toContain('process')
  } finally {
    vi.unstubAllEnvs()
  }
})

it.each<[string, Readonly<Record<string, string>>, AppConfig]>([
  ['tsconfig.json', {}, {}],
  ['jsconfig.json', {}, {}],
  ['tsconfig.build.json', { 'tsconfig.json': '{}' }, { typescript: { tsconfigPath: 'tsconfig.build.json' } }],
])('finds what %s maps', async (name, others, config) => {
  const app = await appWith({
    ...others,
    [name]: JSON.stringify({ compilerOptions: { paths: { '@/*': ['./lib/*'] } } }),
    'sw.js': `${INSTALL}import { found } from '@/found'\nconsole.log(found)`,
    'lib/found.js': `export const found = 'by its alias'`,
  })
  expect(await bundle(app, 'sw.js', {}, config)).toContain('by its alias')
})

it('watches itself if the options `inspector` or `debug` say so, and holds nothing of it otherwise', async () => {
  const app = await appWith({ 'sw.ts': INSTALL })
  for (const change of [{ inspector: true }, { debug: true }])
    expect(await bundle(app, 'sw.ts', change)).toContain('shell-cache:inspect')
  expect(await bundle(app, 'sw.ts')).not.toContain('shell-cache:inspect')
})

const STOPS = /so the build stops\./

it('stops if the source is not there', async () => {
  const app = await appWith({})
  await expect(bundle(app, './app/sw.ts')).rejects.toThrow(
    /The option `worker` names \.\/app\/sw\.ts, which does not exist\./,
  )
  await expect(bundle(app, './app/sw.ts')).rejects.toThrow(STOPS)
  expect(() => requireBundlable('./app/sw.ts', app), 'before the app is built').toThrow(STOPS)
})

it('stops if esbuild is not installed', async () => {
  const app = await appWith({ 'sw.ts': INSTALL }, false)
  await expect(bundle(app, 'sw.ts')).rejects.toThrow(
    /needs esbuild, which could not be loaded: Cannot find module 'esbuild'\. .* Install it: `npm install --save-dev esbuild`\.$/,
  )
  await expect(bundle(app, 'sw.ts')).rejects.toThrow(STOPS)
  expect(() => requireBundlable('sw.ts', app), 'before the app is built').toThrow(STOPS)
})

it('asks for a source and a bundler before the app is built, and for nothing else', async () => {
  const app = await appWith({ 'sw.ts': 'not a worker yet' })
  expect(() => requireBundlable('sw.ts', app)).not.toThrow()
})

it.each([
  ['does not compile', 'const = 1', /sw\.ts:3:6/],
  ['imports what is not there', `import './nowhere'`, /Could not resolve "\.\/nowhere"/],
])('stops if the source %s, and says where', async (_what, line, where) => {
  const app = await appWith({ 'sw.ts': `${INSTALL}${line}\n` })
  await expect(bundle(app, 'sw.ts')).rejects.toThrow(where)
  await expect(bundle(app, 'sw.ts')).rejects.toThrow(STOPS)
})

it.each([
  ['never imports it', `self.addEventListener('push', () => {})`],
  ['imports it alone', `import { installShellCache } from 'next-shell-cache/sw'`],
  [
    'imports its types',
    `import type { ShellCacheRoute } from 'next-shell-cache/sw'\nexport type Route = ShellCacheRoute`,
  ],
])('stops if the source %s and calls nothing of ours', async (_what, source) => {
  const app = await appWith({ 'sw.ts': source })
  await expect(bundle(app, 'sw.ts')).rejects.toThrow(/sw\.ts does not call installShellCache\(\)/)
})

it('is an error that the build lets through', async () => {
  await expect(bundle(await appWith({}), 'sw.ts')).rejects.toMatchObject({ name: 'BuildStopped' })
})
