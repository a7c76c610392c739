// Proves what a build writes and what it never writes, and that a build still succeeds if its folder cannot be written. The
// worker's script is a stand-in: the real one exists only in the built package, with which e2e builds apps.

import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { parseManifest } from '../../protocol/build/manifest.ts'
import { parseOriginManifest } from '../../origin/records/parse-manifest.ts'
import { decodeRecord } from '../../protocol/record/record-codec.ts'
import { createShellCacheAdapter } from '../adapter.ts'
import { temporaryFolder } from '../test-context.ts'
import { contextWith, emitInto, SECRET } from './test-emit.ts'

// These are built files. A unit test must not depend on a build.
vi.mock(import('../browser-scripts.ts'), async (original) => ({
  ...(await original()),
  readPageScript: (name) => Promise.resolve({ name: `${name}.1.js`, content: '' }),
  readUninstaller: () => Promise.resolve('/* removes itself */'),
}))
let warned: string[] = []
beforeEach(() => {
  warned = []
  vi.spyOn(console, 'log').mockImplementation(() => {})
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warned.push(text))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

it('hashes every script that pages may load: what browsers keep, what is too much for them, what this package brings', async () => {
  const dist = await temporaryFolder()
  await mkdir(join(dist, 'static', 'chunks'), { recursive: true })
  for (const name of ['a.js', 'lazy.js', 'large.css'])
    await writeFile(join(dist, 'static', 'chunks', name), name.repeat(10))
  await emitInto(dist, undefined, { maxLazyAssetBytes: 80 })
  const folder = join(dist, 'static', 'shell-cache')
  const manifestName = (await readdir(folder)).find((name) => name.startsWith('manifest.')) ?? ''
  const { lazy, hashes } = JSON.parse(await readFile(join(folder, manifestName), 'utf8'))
  expect(lazy).toEqual(['/_next/static/chunks/lazy.js'])
  const ours = ['watch', 'holes', 'report', 'speculate', 'start-offline'].map((name) => `shell-cache/${name}.1.js`)
  const built = ['chunks/a.js', 'chunks/large.css', 'chunks/lazy.js']
  expect(Object.keys(hashes).toSorted()).toEqual([...built, ...ours].map((name) => `/_next/static/${name}`).toSorted())
})

it('publishes a manifest, a worker that knows it, and one frame for each record', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist)
  const folder = join(dist, 'static', 'shell-cache')
  const names = await readdir(folder)
  const manifestName = names.find((name) => name.startsWith('manifest.')) ?? ''
  const parsed = parseManifest(JSON.parse(await readFile(join(folder, manifestName), 'utf8')))
  if (!parsed.ok) throw new Error(parsed.reason)
  const { entries, assets } = parsed.manifest
  expect(entries.map(({ key }) => key)).toEqual(['/', '/about', '/p/[slug]', '/p/a'])
  expect(assets).toEqual(['/_next/static/chunks/a.js'])
  for (const entry of entries) {
    const frame = new Uint8Array(await readFile(join(folder, entry.url.split('/').at(-1) ?? '')))
    expect(frame.length).toBe(entry.bytes)
    expect(decodeRecord(frame)).toMatchObject({
      ok: true,
      record: { key: entry.key, digest: entry.digest, buildId: 'build-1' },
    })
  }
  runInThisContext(await readFile(join(folder, 'sw.js'), 'utf8'))
  expect(Reflect.get(globalThis, 'baked')).toEqual({
    buildId: 'build-1',
    basePath: '',
    trailingSlash: false,
    manifestUrl: `/_next/static/shell-cache/${manifestName}`,
    staticUrls: ['/_next/static/'],
    scriptHeaders: [],
    timeouts: { store: 50, offline: 4000, response: 10_000, idle: 15_000 },
    budget: { records: 500, bytes: 26_214_400, images: 5_242_880 },
    offline: { page: { html: expect.stringContaining('You are offline') }, expired: true },
    drawings: [],
    watchUrl: '',
    invalidateOn: [],
    update: 'immediate',
    transport: 'auto',
    preload: true,
    earlyStart: true,
    offlineCopies: [],
    runTag: '<script></script>',
    staleUrl: '',
    actions: false,
    inspector: false,
    debug: false,
    bundle: 'sw.js',
    routes: [
      { pattern: '/', mode: 'instant' },
      { pattern: '/about', mode: 'instant' },
      { pattern: '/p/file.txt', mode: 'off' },
      { pattern: '/p/b', mode: 'off' },
      { pattern: '/p/[slug]', mode: 'instant' },
      { pattern: '/sw.js', mode: 'off' },
    ],
  })
})

it('gives each page a file of its own, also where shell and state are another’s, and another one in each build', async () => {
  const alike = ['/p/same', '/p/too']
  const [dist, later] = [await temporaryFolder(), await temporaryFolder()]
  await emitInto(dist, undefined, {}, {}, alike)
  await emitInto(later, undefined, {}, {}, alike)
  const filesIn = async (folder: string): Promise<string[]> =>
    (await readdir(join(folder, 'static', 'shell-cache'))).filter((name) => name.startsWith('record.'))
  const names = await filesIn(dist)
  const keys = await Promise.all(
    names.map(async (name) => {
      const decoded = decodeRecord(new Uint8Array(await readFile(join(dist, 'static', 'shell-cache', name))))
      return decoded.ok ? decoded.record.key : decoded.reason
    }),
  )
  expect(keys.toSorted()).toEqual(['/', '/about', '/p/[slug]', '/p/a', ...alike])
  const server = await readdir(join(dist, 'server', 'shell-cache'))
  expect(server.filter((name) => name.startsWith('record.'))).toHaveLength(6)
  // A browser keeps a file for a year, so a name must not be used again for other content. Each build seals the states again.
  const about = names[keys.indexOf('/about')]
  expect((await filesIn(later)).filter((name) => names.includes(name))).toEqual([about])
})

it('says what a visit of a page downloads at least, and what its record does beside that', async () => {
  const dist = await temporaryFolder()
  await mkdir(join(dist, 'static', 'chunks'), { recursive: true })
  await writeFile(join(dist, 'static', 'chunks', 'a.js'), randomBytes(5000))
  await emitInto(dist)
  const folder = join(dist, 'static', 'shell-cache')
  const name = (await readdir(folder)).find((file) => file.startsWith('manifest.')) ?? ''
  const parsed = parseManifest(JSON.parse(await readFile(join(folder, name), 'utf8')))
  if (!parsed.ok) throw new Error(parsed.reason)
  const { entries, weight } = parsed.manifest
  expect(weight, 'the script, which every page loads').toBeGreaterThanOrEqual(5000)
  for (const entry of entries) {
    expect(entry.weight - weight, 'the document alone').toBeLessThan(1000)
    expect(entry.weight).toBeGreaterThan(weight)
    expect(entry.cost, 'the record alone').toBeLessThan(4000)
  }
})

it('leaves the origin what it needs and keeps the key to the server', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist)
  const folder = join(dist, 'server', 'shell-cache')
  const parsed = parseOriginManifest(JSON.parse(await readFile(join(folder, 'origin.json'), 'utf8')))
  if (!parsed.ok) throw new Error(parsed.reason)
  expect(parsed.manifest.records.map(({ key }) => key)).toEqual(['/', '/about', '/p/[slug]', '/p/a'])
  expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600)
  expect(await readdir(join(dist, 'static', 'shell-cache'))).not.toContain('key')
})

it('gives a page of its own an entry if its route is served otherwise', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist, undefined, { routes: { '/p/[slug]': 'gated', '/p/a': 'instant' } })
  const { routes } = JSON.parse(await readFile(join(dist, 'server', 'shell-cache', 'origin.json'), 'utf8'))
  expect(routes).toContainEqual({ pattern: '/p/a', mode: 'instant', route: '/p/[slug]' })
  expect(routes).toContainEqual({ pattern: '/p/[slug]', mode: 'gated', route: '/p/[slug]' })
})

it('publishes nothing of a gated page but that there is one', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist, undefined, { routes: { '/p/[slug]': 'gated', '/': 'gated' } })
  const published = await readdir(join(dist, 'static', 'shell-cache'))
  expect(published.filter((name) => name.endsWith('.txt'))).toHaveLength(1)
  const kept = await readdir(join(dist, 'server', 'shell-cache'))
  expect(kept.filter((name) => name.endsWith('.bin'))).toHaveLength(4)
  runInThisContext(await readFile(join(dist, 'static', 'shell-cache', 'sw.js'), 'utf8'))
  expect(Reflect.get(globalThis, 'baked')).toMatchObject({
    routes: [
      { pattern: '/', mode: 'gated' },
      { pattern: '/about', mode: 'instant' },
      { pattern: '/p/file.txt', mode: 'off' },
      { pattern: '/p/b', mode: 'off' },
      { pattern: '/p/[slug]', mode: 'gated' },
      { pattern: '/sw.js', mode: 'off' },
    ],
  })
})

it('begins each name with a letter: a digest may begin with a dash, which a program takes for an option', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist)
  for (const place of ['static', 'server'])
    for (const name of await readdir(join(dist, place, 'shell-cache'))) expect(name).toMatch(/^[a-z]/)
})

it('writes no key if the environment has the secret', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist, 'a-secret-of-at-least-thirty-two-characters')
  expect(await readdir(join(dist, 'server', 'shell-cache'))).not.toContain('key')
})

it('publishes no state in clear and none of the app’s secrets', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist)
  const folder = join(dist, 'static', 'shell-cache')
  for (const name of await readdir(folder)) {
    const content = await readFile(join(folder, name), 'latin1')
    for (const secret of [SECRET, 'a-secret-of-the-app'])
      expect(content.includes(secret), `${secret} in ${name}`).toBe(false)
  }
})

const build = async (distDir: string) => createShellCacheAdapter().onBuildComplete?.(await contextWith(distDir))

it('writes no shell and says one message when the folder cannot be written', async () => {
  const file = join(await temporaryFolder(), 'file')
  await writeFile(file, '')
  await build(join(file, '.next'))
  expect(warned).toHaveLength(1)
  expect(warned[0]).toMatch(
    /^\[shell-cache\] Shells could not be written: ENOTDIR.*\. The shell cache is off for this build.*\. Make the build folder writable/,
  )
})

it('removes what an older build left if this one has no shells', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist)
  await mkdir(join(dist, 'static', 'shell-cache.new'))
  vi.stubEnv('SHELL_CACHE_SECRET', 'short')
  await build(dist)
  // This worker removes from browsers what the older build stored.
  expect(await readdir(join(dist, 'static', 'shell-cache'))).toEqual(['sw.js'])
  expect(await readdir(join(dist, 'static'))).toEqual(['shell-cache'])
  expect(await readdir(join(dist, 'server'))).toEqual([])
  expect(warned).toEqual([expect.stringContaining('SHELL_CACHE_SECRET is shorter than 32 characters.')])
})

it('leaves nothing half written behind', async () => {
  const dist = await temporaryFolder()
  await writeFile(join(dist, 'server'), 'a file where a folder should be')
  await expect(emitInto(dist)).rejects.toThrow()
  expect(await readdir(join(dist, 'static'))).toEqual([])
})

it('does nothing if the worker was not wired', async () => {
  const dist = await temporaryFolder()
  const context = await contextWith(dist)
  await createShellCacheAdapter().onBuildComplete?.({ ...context, config: { ...context.config, env: {} } })
  expect(await readdir(dist)).toEqual([])
  expect(warned).toEqual([])
})
