// Proves which configs the adapter changes and how. A config that is declined here never gets a record. e2e proves that Next's server
// then answers /sw.js.

import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { createShellCacheAdapter } from '../adapter.ts'
import { contextOf, temporaryFolder } from '../test-context.ts'

// These are built files. A unit test must not depend on a build.
vi.mock(import('../browser-scripts.ts'), async (original) => ({
  ...(await original()),
  WORKER_ENTRIES: { shells: '', none: fileURLToPath(new URL('../../sw/entries/without-shells.ts', import.meta.url)) },
  readPageScript: (name) => Promise.resolve({ name: `${name}.1.js`, content: '' }),
  readUninstaller: () => Promise.resolve('/* removes itself */'),
}))

let warned: string[] = []

beforeEach(() => {
  warned = []
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warned.push(text))
})
afterEach(() => vi.restoreAllMocks())

const CONFIG = contextOf({ config: { env: {} } }).config

const PRODUCTION_BUILD = { phase: 'phase-production-build', nextVersion: '16.4.6' } as const

it.each(['public/sw.js', 'app/sw.js/route.ts', 'src/app/sw.js/route.ts'])('leaves the URL to %s', async (own) => {
  const projectDir = await temporaryFolder()
  await mkdir(join(projectDir, dirname(own)), { recursive: true })
  await writeFile(join(projectDir, own), '')
  const changed = await createShellCacheAdapter().modifyConfig?.(CONFIG, { ...PRODUCTION_BUILD, projectDir })
  expect(changed).toBe(CONFIG)
  expect(warned.join()).toMatch(/^\[shell-cache\] .*sw\.js already answers \/sw\.js\./)
})

it('takes no source beside the routes for a worker that is served', async () => {
  const projectDir = await temporaryFolder()
  await mkdir(join(projectDir, 'app'))
  await writeFile(join(projectDir, 'app', 'sw.js'), '')
  const changed = await createShellCacheAdapter().modifyConfig?.(CONFIG, { ...PRODUCTION_BUILD, projectDir })
  expect(changed?.env).toMatchObject({ SHELL_CACHE_WORKER: '/sw.js' })
})

it('leaves a config with locales alone, whatever adapter its file names', async () => {
  const config = { ...CONFIG, i18n: { locales: ['en'], defaultLocale: 'en' } }
  const changed = await createShellCacheAdapter().modifyConfig?.(config, { ...PRODUCTION_BUILD, projectDir: '/app' })
  expect(changed).toBe(config)
  expect(warned.join()).toContain('`i18n` is set in next.config.')
})

it('runs the hooks of an adapter that it is given', async () => {
  const order: string[] = []
  const extend = {
    name: 'other',
    modifyConfig: <T>(config: T) => (order.push('modifyConfig'), config),
    onBuildComplete: () => void order.push('onBuildComplete'),
  }
  const adapter = createShellCacheAdapter({ extend })
  expect(adapter.name).toBe('next-shell-cache + other')
  const context = contextOf({ config: { env: {} }, distDir: await temporaryFolder() })
  await adapter.modifyConfig?.(context.config, { ...PRODUCTION_BUILD, projectDir: '/app' })
  await adapter.onBuildComplete?.(context)
  expect(order).toEqual(['modifyConfig', 'onBuildComplete'])
})

it('declines a Next older than it can trust', async () => {
  for (const nextVersion of ['16.2.4', '16.1.9', '15.5.20', '16.2.5-canary.1']) {
    const changed = await createShellCacheAdapter().modifyConfig?.(CONFIG, {
      ...PRODUCTION_BUILD,
      nextVersion,
      projectDir: '/app',
    })
    expect(changed?.env?.['SHELL_CACHE_WORKER'], nextVersion).toBe(
      nextVersion.startsWith('16.2.5') ? '/sw.js' : undefined,
    )
  }
})

it('puts the worker before the app’s own rewrites and asks for it again each time', async () => {
  const own = { ...CONFIG, basePath: '/docs', rewrites: async () => [{ source: '/x', destination: '/y' }] }
  const changed = await createShellCacheAdapter().modifyConfig?.(own, { ...PRODUCTION_BUILD, projectDir: '/app' })
  expect(await changed?.rewrites?.()).toEqual({
    beforeFiles: [{ source: '/sw.js', destination: '/_next/static/shell-cache/sw.js' }],
    afterFiles: [{ source: '/x', destination: '/y' }],
    fallback: [],
  })
  expect(await changed?.headers?.()).toEqual([
    {
      source: '/sw.js',
      headers: [
        { key: 'Cache-Control', value: 'no-cache' },
        { key: 'Service-Worker-Allowed', value: '/docs' },
      ],
    },
  ])
})

it.each(['./app/sw.ts', 'sw.js'])('stops before the app is built if its worker %s is not there', async (worker) => {
  const building = createShellCacheAdapter({ worker }).modifyConfig?.(CONFIG, {
    ...PRODUCTION_BUILD,
    projectDir: '/app',
  })
  await expect(building).rejects.toThrow(`The option \`worker\` names ${worker}, which does not exist.`)
})

it('serves the inspector if the option says so, kept by no cache, and by no build that takes itself away', async () => {
  const rewritesOf = async (options: object): Promise<unknown> => {
    const config = await createShellCacheAdapter(options).modifyConfig?.(CONFIG, {
      ...PRODUCTION_BUILD,
      projectDir: '/app',
    })
    const { beforeFiles } = Object.assign({ beforeFiles: [] }, await config?.rewrites?.())
    return { beforeFiles, headers: await config?.headers?.() }
  }
  const source = '/_shell-cache/inspector'
  expect(await rewritesOf({ inspector: true })).toMatchObject({
    beforeFiles: [{ source: '/sw.js' }, { source, destination: '/_next/static/shell-cache/inspector.html' }],
    headers: [{ source: '/sw.js' }, { source, headers: [{ key: 'Cache-Control', value: 'no-cache' }] }],
  })
  for (const options of [{}, { inspector: true, uninstall: true }])
    expect(JSON.stringify(await rewritesOf(options))).not.toContain(source)
})

it.each([
  [{}, ''],
  [{ rollout: 0.05 }, '0.05 0'],
  [{ rollout: 1 }, '1 0'],
  [{ rollout: 0 }, '0 0'],
  [{ holdout: 0.1 }, '1 0.1'],
  [{ rollout: '5%' }, ''],
])('tells the client of %o the shares %o', async (options, shares) => {
  const adapter = createShellCacheAdapter(JSON.parse(JSON.stringify(options)))
  const changed = await adapter.modifyConfig?.(CONFIG, { ...PRODUCTION_BUILD, projectDir: '/app' })
  expect(changed?.env).toMatchObject({ SHELL_CACHE_SHARES: shares })
})

it.each([
  [{}, ''],
  [{ inspector: true }, '1'],
  [{ inspector: true, uninstall: true }, undefined],
])('has pages report to the worker only if %o has an inspector', async (options, isInspected) => {
  const adapter = createShellCacheAdapter(options)
  const changed = await adapter.modifyConfig?.(CONFIG, { ...PRODUCTION_BUILD, projectDir: '/app' })
  expect(changed?.env?.['SHELL_CACHE_INSPECTED']).toBe(isInspected)
})

it('has the client register none if the secret is too short to seal with', async () => {
  vi.stubEnv('SHELL_CACHE_SECRET', 'short')
  const changed = await createShellCacheAdapter().modifyConfig?.(CONFIG, { ...PRODUCTION_BUILD, projectDir: '/app' })
  vi.unstubAllEnvs()
  expect(changed?.env?.['SHELL_CACHE_REMOVE']).toBe('This build takes the shell cache away.')
  expect(changed?.env?.['SHELL_CACHE_WATCH'], 'a script that the build does not write').toBeUndefined()
})

it('serves a worker that removes itself, and has the client register none, if the option says so', async () => {
  const adapter = createShellCacheAdapter({ uninstall: true })
  // Without the option that shells need, because removing them does not need it.
  const config = { ...CONFIG, cacheComponents: false }
  const changed = await adapter.modifyConfig?.(config, { ...PRODUCTION_BUILD, projectDir: '/app' })
  expect(changed?.env).toEqual({
    SHELL_CACHE_WORKER: '/sw.js',
    SHELL_CACHE_REMOVE: 'This build takes the shell cache away.',
  })
  const distDir = await temporaryFolder()
  const context = contextOf({ config: { env: changed?.env }, distDir })
  await adapter.onBuildComplete?.(context)
  expect(await readdir(join(distDir, 'static', 'shell-cache'))).toEqual(['sw.js'])
  expect(await readFile(join(distDir, 'static', 'shell-cache', 'sw.js'), 'utf8')).toBe('/* removes itself */')
})

it('keeps a worker of the app’s own, which removes what was stored, and has the client register it', async () => {
  const projectDir = await temporaryFolder()
  const source = `import { installShellCache } from 'next-shell-cache/sw'\ninstallShellCache()\nconsole.log('the app’s own')`
  await writeFile(join(projectDir, 'sw.js'), source)
  await writeFile(join(projectDir, 'package.json'), '{}')
  await mkdir(join(projectDir, 'node_modules'))
  const esbuild = fileURLToPath(new URL('../../node_modules/esbuild', import.meta.url))
  await symlink(esbuild, join(projectDir, 'node_modules', 'esbuild'))
  const adapter = createShellCacheAdapter({ uninstall: true, worker: 'sw.js' })
  const changed = await adapter.modifyConfig?.(CONFIG, { ...PRODUCTION_BUILD, projectDir })
  expect(changed?.env).toEqual({ SHELL_CACHE_WORKER: '/sw.js' })
  const distDir = await temporaryFolder()
  await adapter.onBuildComplete?.({ ...contextOf({ config: { env: changed?.env }, distDir }), projectDir })
  expect(await readdir(join(distDir, 'static', 'shell-cache'))).toEqual(['sw.js'])
  const script = await readFile(join(distDir, 'static', 'shell-cache', 'sw.js'), 'utf8')
  expect(script).toContain('own')
  expect(script).toContain('deleteDatabase')
  expect(script).not.toMatch(/unregister|"fetch"/)
})
