// Proves that a wrong option is named and costs only itself, and which configs withShellCache() leaves alone.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { toSettings, unknownRoutes } from './options.ts'
import { toBuildKey } from './build-key.ts'
import { withShellCache } from './with-shell-cache.ts'

let warned: string[] = []
beforeEach(() => {
  warned = []
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warned.push(text))
})
afterEach(() => vi.restoreAllMocks())

it('uses the default for what is wrong and keeps the rest', () => {
  const { settings, wrong } = toSettings({
    routes: { '/a': 'sometimes' },
    maxShellBytes: 10,
    maxConcretePages: -1,
    maxSheep: 1,
  })
  expect(settings).toEqual({ ...toSettings({}).settings, maxShellBytes: 10 })
  expect(wrong.map(({ happened }) => happened)).toEqual([
    "The option `routes` is not a map from route patterns to 'instant', 'gated' or 'off'.",
    'The option `maxConcretePages` is not a number of pages.',
    'There is no option `maxSheep`.',
  ])
})

it.each([{ transport: 'next-resume' }, { postponedState: 'raw' }])('refuses %o without its other half', (half) => {
  const { settings, wrong } = toSettings(half)
  expect(settings).toMatchObject({ transport: 'auto', postponedState: 'sealed' })
  expect(wrong.map(({ happened }) => happened)).toEqual([
    "`transport: 'next-resume'` and `postponedState: 'raw'` were not set together.",
  ])
})

it('names the routes that the app does not have', () => {
  const { settings } = toSettings({ routes: { '/about': 'off', '/abuot': 'off' } })
  expect(unknownRoutes(settings, new Set(['/', '/about']))).toEqual(['/abuot'])
})

it('takes options that are no object for none', () => {
  expect(toSettings('instant')).toMatchObject({ settings: { maxConcretePages: 200 }, wrong: [{}] })
})

it('sets the adapter on an object, a function and an async function', async () => {
  const path = expect.stringMatching(/adapter\.js$/)
  expect(withShellCache({ cacheComponents: true })).toEqual({ cacheComponents: true, adapterPath: path })
  const configure = withShellCache(async () => ({ cacheComponents: true, basePath: '/x' }))
  expect(await configure('phase', { defaultConfig: {} })).toEqual({
    cacheComponents: true,
    basePath: '/x',
    adapterPath: path,
  })
  expect(warned).toEqual([])
})

it.each([
  ['an export', { cacheComponents: true, output: 'export' } as const, "`output: 'export'` leaves no server"],
  ['locales', { cacheComponents: true, i18n: { locales: ['en'], defaultLocale: 'en' } }, '`i18n` is set'],
  ['no shells', {}, '`cacheComponents` is not on'],
  ['another adapter', { cacheComponents: true, adapterPath: '/other.mjs' }, 'Another adapter is set: /other.mjs.'],
])('leaves a config with %s alone and says why', (_name, config, message) => {
  expect(withShellCache(config)).toBe(config)
  expect(warned.join()).toContain(`[shell-cache] ${message}`)
})

it('says once what it cannot help', () => {
  const config = { cacheComponents: true, adapterPath: '/yet-another.mjs' }
  expect(withShellCache(config)).toBe(config)
  expect(withShellCache(config)).toBe(config)
  expect(warned).toHaveLength(1)
})

it('makes no key of a secret that could be guessed', () => {
  expect(toBuildKey('x'.repeat(31))).toBeUndefined()
  expect(toBuildKey('x'.repeat(32))?.generated).toBeUndefined()
  expect(toBuildKey(undefined)?.generated).toHaveLength(32)
  expect(toBuildKey('')?.generated).toHaveLength(32)
})

it('keeps the deadlines that are not said', () => {
  expect(toSettings({ deadlines: { silence: 5000 } }).settings.deadlines).toEqual({
    store: 50,
    offline: 4000,
    answer: 10_000,
    silence: 5000,
  })
  const { settings, wrong } = toSettings({ deadlines: { sill: 5000 } })
  expect(settings.deadlines).toEqual(toSettings({}).settings.deadlines)
  expect(wrong).toHaveLength(1)
})
