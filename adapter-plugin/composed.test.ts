// Proves that another adapter works together with ours as it would alone: the build gets what it throws, and one message names what it
// lacks. Each adapter is a file that Next's own resolution finds. e2e has real builds (e2e/specs/builds/extended.spec.ts).

import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import adapter, { createShellCacheAdapter } from './adapter.ts'
import type { BuildContext } from './build-context.ts'
import { handOverAdapter, handOverOptions } from './config/options-registry.ts'
import { contextOf, temporaryFolder } from './test-context.ts'

// These are built files. A unit test must not depend on a build.
vi.mock(import('./browser-scripts.ts'), async (original) => ({
  ...(await original()),
  readPageScript: (name) => Promise.resolve({ name: `${name}.1.js`, content: '' }),
  readUninstaller: () => Promise.resolve('/* removes itself */'),
}))

let warned: string[] = []
beforeEach(() => {
  warned = []
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warned.push(text))
  // With this option our build writes the least.
  handOverOptions({ uninstall: true })
})
afterEach(() => {
  vi.restoreAllMocks()
  handOverAdapter(undefined)
})

/** A folder from which Next can be resolved. */
const projectDir = fileURLToPath(new URL('..', import.meta.url))
const BUILD = { phase: 'phase-production-build', nextVersion: '16.4.6', projectDir } as const
const RULE = { source: '/sw.js', sourceRegex: '^/sw\\.js$', destination: '/_next/static/shell-cache/sw.js' }
const OURS = '/next-shell-cache/adapter.js'

type Seen = { config: BuildContext['config'] | undefined; context: BuildContext | undefined }

/** Writes an adapter to a file, hands over its name, and runs both hooks as `next build` does. */
async function build(body: string): Promise<Seen & { readonly path: string; readonly distDir: string }> {
  const path = join(await temporaryFolder(), 'other.mjs')
  const seen: Seen = { config: undefined, context: undefined }
  Reflect.set(globalThis, 'seenByOther', seen)
  await writeFile(path, body.replace('WRAPPED', pathToFileURL(join(projectDir, 'adapter-plugin', 'adapter.ts')).href))
  handOverAdapter({ path, setBy: 'NEXT_ADAPTER_PATH' })
  const distDir = await temporaryFolder()
  const given = contextOf({ config: { env: {}, adapterPath: OURS } }).config
  const config = await adapter.modifyConfig?.(given, BUILD)
  const isRouted = (await config?.rewrites?.()) !== undefined
  const routing = { beforeFiles: isRouted ? [RULE] : [] }
  await adapter.onBuildComplete?.({ ...contextOf({ distDir, config: config ?? given, routing }), projectDir })
  return { ...seen, config: config ?? seen.config, path, distDir }
}

const NOTES = `
  modifyConfig(config) { globalThis.seenByOther.config = config; return { ...config, distDir: 'elsewhere' } },
  onBuildComplete(context) { globalThis.seenByOther.context = context },`

it('runs both hooks with what they would have had, and ours around them', async () => {
  const { config, context, path, distDir } = await build(`export default { name: 'platform', ${NOTES} }`)
  const seen: Seen = Reflect.get(globalThis, 'seenByOther')
  expect(seen.config).toMatchObject({ adapterPath: path, env: {} })
  expect(config).toMatchObject({ adapterPath: OURS, distDir: 'elsewhere', env: { SHELL_CACHE_WORKER: '/sw.js' } })
  expect(context?.config.adapterPath).toBe(path)
  expect(context?.routing.beforeFiles).toEqual([RULE])
  const worker = join(distDir, 'static', 'shell-cache', 'sw.js')
  expect(context?.outputs.staticFiles.map(({ pathname, filePath }) => [pathname, filePath])).toEqual([
    ['/_next/static/shell-cache/sw.js', worker],
    ['/sw.js', worker],
  ])
  expect(warned).toEqual([])
})

it.each([
  ['no hooks', `export const name = 'platform'`],
  ['hooks that are none', `export default { name: 'platform', modifyConfig: 1, onBuildComplete: 1 }`],
])('takes an adapter with %s', async (_name, body) => {
  const { config, distDir } = await build(body)
  expect(config?.env).toHaveProperty('SHELL_CACHE_WORKER')
  expect(await readdir(join(distDir, 'static', 'shell-cache'))).toEqual(['sw.js'])
  expect(warned).toEqual([])
})

it.each(['modifyConfig', 'onBuildComplete'])('lets through what its %s throws, as the build’s own', async (hook) => {
  const building = build(`export default { name: 'platform', ${hook}() { throw new TypeError('its own ${hook}') } }`)
  await expect(building).rejects.toThrow(new TypeError(`its own ${hook}`))
  expect(warned).toEqual([])
})

it('goes on with the config that it changed in place and did not return, and says so', async () => {
  const body = `export default { name: 'forgetful', modifyConfig(config) { config.env = { ITS: 'own' } } }`
  const { config } = await build(body)
  expect(config).toMatchObject({ adapterPath: OURS, env: { ITS: 'own', SHELL_CACHE_WORKER: '/sw.js' } })
  expect(warned).toEqual([expect.stringContaining('The adapter forgetful returned no config.')])
})

it('says whose an adapter is that cannot be loaded, and fails as Next does', async () => {
  for (const path of [join(await temporaryFolder(), 'none.mjs'), 'no-such-adapter']) {
    handOverAdapter({ path, setBy: '`adapterPath`' })
    const { config } = contextOf({})
    await expect(adapter.modifyConfig?.(config, BUILD)).rejects.toMatchObject({ code: 'MODULE_NOT_FOUND' })
    expect(warned.at(-1)).toContain(`\`adapterPath\` names an adapter that could not be loaded: ${path}.`)
  }
  await expect(build('throw new RangeError("while it loads")')).rejects.toThrow(RangeError)
  expect(warned.at(-1)).toContain('as it would without this package: while it loads.')
})

it('leaves the work to an adapter that has ours in it, and says so', async () => {
  const inner = createShellCacheAdapter({ uninstall: true })
  Reflect.set(globalThis, 'inner', inner)
  const { config, distDir } = await build(`export default {
    name: 'wrapping',
    modifyConfig: (config, context) => globalThis.inner.modifyConfig(config, context),
    onBuildComplete(context) {
      globalThis.seenByOther.context = context
      return globalThis.inner.onBuildComplete(context)
    },
  }`)
  expect(config).toMatchObject({ adapterPath: OURS, env: { SHELL_CACHE_WORKER: '/sw.js' } })
  expect(await readdir(join(distDir, 'static', 'shell-cache'))).toEqual(['sw.js'])
  const seen: Seen = Reflect.get(globalThis, 'seenByOther')
  expect(seen.context?.outputs.staticFiles, 'nothing was written before').toEqual([])
  expect(warned).toEqual([expect.stringContaining('The adapter wrapping already includes the shell cache.')])
})

it('says so if a wrapper has dropped our rewrites, and writes the files all the same', async () => {
  const distDir = await temporaryFolder()
  await mkdir(join(distDir, 'static'))
  const wrapped = createShellCacheAdapter({ uninstall: true })
  await wrapped.onBuildComplete?.(contextOf({ distDir, routing: { beforeFiles: [] } }))
  expect(await readdir(join(distDir, 'static', 'shell-cache'))).toEqual(['sw.js'])
  expect(warned).toEqual([expect.stringContaining('Something has removed the rewrite of /sw.js')])
})
