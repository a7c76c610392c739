// Proves which configs withShellCache() changes, in every form that Next accepts, which it leaves unchanged, and what it says then. e2e
// proves what Next does with them (e2e/specs/builds/forms.spec.ts, e2e/specs/builds/config.spec.ts).

import createBundleAnalyzer from '@next/bundle-analyzer'
import createMdx from '@next/mdx'
import type { NextConfig } from 'next'
import { normalizeConfig } from 'next/dist/server/config-shared.js'
import { afterEach, beforeEach, expect, expectTypeOf, it, vi } from 'vitest'

import { handedOverAdapter, handedOverOptions } from './options-registry.ts'
import { type ConfigFunction, withShellCache } from './with-shell-cache.ts'

let warned: string[] = []
beforeEach(() => {
  warned = []
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warned.push(text))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const OURS: unknown = expect.stringMatching(/adapter\.js$/)
const CONFIG: NextConfig = { cacheComponents: true, basePath: '/x' }
const withMdx = createMdx()
const withAnalyzer = createBundleAnalyzer({ enabled: true })

it.each([
  ['an object', () => withShellCache(CONFIG)],
  ['a promise', () => withShellCache(Promise.resolve(CONFIG))],
  ['a function', () => withShellCache(() => CONFIG)],
  ['an async function', () => withShellCache(async () => CONFIG)],
  ['what another wrapper returns', () => withShellCache(withMdx(CONFIG))],
  ['what another wrapper takes', () => withMdx(withShellCache(CONFIG))],
  ['wrappers on both sides', () => withAnalyzer(withShellCache(withMdx(CONFIG)))],
  ['wrappers inside a function', () => withShellCache(async () => withAnalyzer(withMdx(CONFIG)))],
])('sets the adapter on %s', async (_name, wrap) => {
  expect(await normalizeConfig('phase', wrap())).toMatchObject({ ...CONFIG, adapterPath: OURS })
  expect(warned).toEqual([])
})

it('gives a function what Next gave, and answers at once if the function does', () => {
  const seen: unknown[] = []
  const configure = withShellCache((...given) => {
    seen.push(...given)
    return CONFIG
  })
  expect(configure('phase-x', { defaultConfig: {} })).toEqual({ ...CONFIG, adapterPath: OURS })
  expect(seen).toEqual(['phase-x', { defaultConfig: {} }])
})

it('reads a config that is written where it is given as Next would, in types', () => {
  const has = [{ type: 'cookie', key: 'a' }] as const
  // The list has members of different shapes: TypeScript infers their types from the first overload that it tries.
  const written = withShellCache({
    cacheComponents: true,
    headers: async () => [
      { source: '/a', has: [{ type: 'cookie', key: 'a' }], headers: [{ key: 'x', value: '1' }] },
      { source: '/b', headers: [{ key: 'x', value: '1' }] },
    ],
  })
  expectTypeOf(written).toEqualTypeOf<NextConfig>()
  const computed = withShellCache((phase, { defaultConfig }) => ({
    ...defaultConfig,
    headers: async () => [{ source: `/${phase}`, has: [...has], headers: [] }],
  }))
  expectTypeOf(computed).toEqualTypeOf<ConfigFunction>()
})

it('takes the same form and gives the same form, in types, too', () => {
  expectTypeOf(withShellCache(CONFIG)).toEqualTypeOf<NextConfig>()
  expectTypeOf(withShellCache(Promise.resolve(CONFIG))).toEqualTypeOf<Promise<NextConfig>>()
  expectTypeOf(withShellCache(async () => CONFIG)).toEqualTypeOf<ConfigFunction>()
  expectTypeOf(withShellCache(withMdx(CONFIG))).toEqualTypeOf<NextConfig>()
  const any: NextConfig | ConfigFunction = CONFIG
  withShellCache(any, { offline: '/offline', timeouts: { store: 20 }, routes: { '/a': 'off' } })
  // @ts-expect-error -- no path
  void withShellCache(CONFIG, { offline: 3 })
  // @ts-expect-error -- no such option
  void withShellCache(CONFIG, { maxShellByte: 3 })
  // @ts-expect-error -- no such deadline
  void withShellCache(CONFIG, { timeouts: { offlin: 3 } })
  // @ts-expect-error -- no such mode
  void withShellCache(CONFIG, { routes: { '/a': 'sometimes' } })
  // @ts-expect-error -- no such transport
  void withShellCache(CONFIG, { transport: 'post' })
  // @ts-expect-error -- an option of ours among Next's
  void withShellCache({ cacheComponents: true, maxShellBytes: 3 })
  // @ts-expect-error -- the config goes beside the options
  expect(() => withShellCache(CONFIG)(CONFIG)).toThrow(TypeError)
})

// Must run before any other test that causes this message: it is printed once in a process.
it('leaves it to the build to speak for its workers', () => {
  vi.stubEnv('IS_NEXT_WORKER', 'true')
  withShellCache({ cacheComponents: true, output: 'export' })
  expect(warned).toEqual([])
})

it.each([
  ['an export', { cacheComponents: true, output: 'export' } as const, "`output: 'export'` leaves no server"],
  ['locales', { cacheComponents: true, i18n: { locales: ['en'], defaultLocale: 'en' } }, '`i18n` is set'],
  ['no shells', {}, '`cacheComponents` is not on in next.config.'],
])('leaves a config with %s alone and says why, once', (_name, config, message) => {
  expect(withShellCache(config)).toBe(config)
  expect(withShellCache(config)).toBe(config)
  expect(warned).toEqual([expect.stringContaining(`[shell-cache] ${message}`)])
})

it.each<[string, object, string]>([
  ['`adapterPath`', { adapterPath: '/other.mjs' }, ''],
  ['`experimental.adapterPath`', { adapterPath: '/newer.mjs', experimental: { adapterPath: '/other.mjs' } }, ''],
  ['NEXT_ADAPTER_PATH', {}, '/other.mjs'],
])('replaces an adapter that %s names, and hands it over', (setBy, named, byHost) => {
  vi.stubEnv('NEXT_ADAPTER_PATH', byHost)
  const config = withShellCache({ ...CONFIG, ...named })
  expect(config).toMatchObject({ ...CONFIG, adapterPath: OURS })
  // Next would run the adapter of the older name instead of ours.
  expect(config.experimental ?? {}).not.toHaveProperty('adapterPath')
  expect(handedOverAdapter()).toEqual({ path: '/other.mjs', setBy })
  withShellCache(CONFIG)
  expect(handedOverAdapter()?.path).toBe(byHost || undefined)
})

it('takes the options of the outer of two calls, and says so', () => {
  const inner = { ...CONFIG, adapterPath: '/other.mjs' }
  const config = withShellCache(withShellCache(inner, { offline: '/inner' }), { offline: '/outer' })
  expect(config).toEqual({ ...CONFIG, adapterPath: OURS })
  expect(handedOverOptions()).toEqual({ offline: '/outer' })
  expect(handedOverAdapter()?.path).toBe('/other.mjs')
  expect(warned).toEqual([
    '[shell-cache] withShellCache() was given a config that has the shell cache already. The options of this call are used, and those of the earlier call are not. Call withShellCache() once.',
  ])
})
