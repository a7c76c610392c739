// Proves that a wrong option is named and costs only itself, and which configs withShellCache() leaves alone.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { toSettings } from './options.ts'
import { formatRouteTable } from './route-table.ts'
import { toBuildKey } from './seal.ts'
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
  expect(settings).toEqual({ routes: {}, maxShellBytes: 10, maxConcretePages: 200, storeDeadline: 50 })
  expect(wrong.map(({ happened }) => happened)).toEqual([
    "The option `routes` is not a map from route patterns to 'instant' or 'off'.",
    'The option `maxConcretePages` is not a number of pages.',
    'There is no option `maxSheep`.',
  ])
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

it('leaves a config alone that it cannot help and says why once', () => {
  const config = { output: 'export' } as const
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

it('prints a table of routes and counts the concrete pages that it leaves out', () => {
  const page = (key: string, route: string) => ({
    candidate: { key, route, shell: new Uint8Array(2048) },
    mode: 'off',
    reason: 'an option says so',
  })
  const concrete = Array.from({ length: 12 }, (_none, at) => page(`/p/${at}`, '/p/[slug]'))
  const table = formatRouteTable([page('/', '/'), ...concrete] as unknown as Parameters<typeof formatRouteTable>[0], [])
  expect(table.split('\n')[0]).toBe('Shell cache  mode  why                shell   sealed state')
  expect(table.split('\n')[1]).toBe('/            off   an option says so  2.0 kB  –')
  expect(table.split('\n')).toHaveLength(13)
  expect(table).toContain('… and 2 more concrete pages')
})
