// Builds the apps that the suite visits. Each is built in a folder of its own, with this package as `npm pack` would publish it.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { appFolder, ROOT, WORK } from '../paths.ts'
import { ANSWER_MS, OFFLINE_MS, STORE_MS } from '../timeouts.ts'

const run = promisify(execFile)

/** Small apps that share a layout, a counter and a hole. */
const FIXTURES = join(ROOT, 'e2e', 'apps')

export type Built = { readonly folder: string; readonly output: string }

let packed: Promise<string> | undefined

/** The path of this package's tarball. Each process packs its own once, so that parallel tests never write the same file. */
export function packPackage(): Promise<string> {
  packed ??= pack()
  return packed
}

async function pack(): Promise<string> {
  const folder = join(WORK, 'packed', String(process.pid))
  await mkdir(folder, { recursive: true })
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT })
  return join(folder, stdout.trim().split('\n').at(-1) ?? '')
}

/** A fresh copy of an app with the packed package in it. Everything else resolves from the repository. */
export async function layOutApp(name: string, source: string, tarball: string): Promise<string> {
  const folder = await copyApp(name, source)
  // The app's own files are not overwritten.
  if (source.startsWith(FIXTURES)) await cp(join(FIXTURES, 'shared'), folder, { recursive: true, force: false })
  await unpackPackage(folder, tarball)
  await rename(join(folder, 'next.config.ts'), join(folder, 'own.config.ts'))
  await writeFile(join(folder, 'next.config.ts'), PATIENT_CONFIG)
  return folder
}

export async function copyApp(name: string, source: string): Promise<string> {
  const folder = appFolder(name)
  await rm(folder, { recursive: true, force: true })
  await cp(source, folder, { recursive: true, filter: (path) => !/[/\\](node_modules|\.next)([/\\]|$)/.test(path) })
  return folder
}

export async function unpackPackage(folder: string, tarball: string): Promise<void> {
  const target = join(folder, 'node_modules', 'next-shell-cache')
  await mkdir(target, { recursive: true })
  await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
}

/**
 * The config of every app under test. A busy machine must not decide which rung of the ladder a test gets. Most builds resume by POST,
 * as every browser except Chromium does, so that engines can be compared. `preload` is the default, with the worker from the package;
 * `inspected` turns on what is off by default; `patient` waits for a slow server, because its tests are not about one. All shells are
 * stored at the first visit, whatever their size; with SHELL_CACHE_INSTALL=default, as many as an app's visitors get.
 */
const PATIENT_CONFIG = `import { withShellCache } from 'next-shell-cache'
import config from './own.config'

const own = Reflect.get(globalThis, Symbol.for('next-shell-cache.options'))
const variants: Record<string, { timeouts?: object; register?: boolean }> = { preload: {}, prefix: { preload: false, transport: 'prefix' }, patient: { preload: false, timeouts: { offline: ${ANSWER_MS} } }, imported: { register: false }, inspected: { inspector: true, debug: true, timeouts: { idle: ${ANSWER_MS} } } }
const tested = variants[process.env.SHELL_CACHE_TEST ?? ''] ?? { preload: false }
const worker = ['preload', 'inspected', 'imported'].includes(process.env.SHELL_CACHE_TEST ?? '') ? undefined : own?.worker
const install = process.env.SHELL_CACHE_INSTALL === 'default' ? undefined : 100_000_000
const budget = { ...(install === undefined ? {} : { install }), ...own?.budget }
const options = { ...tested, ...own, worker, budget, timeouts: { store: ${STORE_MS}, offline: ${OFFLINE_MS}, ...tested.timeouts, ...own?.timeouts } }
const isOurs = config.adapterPath?.endsWith('next-shell-cache/dist/node/adapter.js')
// The types of all apps are a check of their own (scripts/check.mjs).
const quick = { ...config, typescript: { ignoreBuildErrors: true } }
export default isOurs ? withShellCache({ ...quick, adapterPath: undefined }, options) : quick
`

/** Runs `next build`. If the build fails, the error has its whole output. */
export async function buildApp(
  folder: string,
  env: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<Built> {
  const next = createRequire(join(folder, 'package.json')).resolve('next/dist/bin/next')
  const options = { cwd: folder, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', ...env } }
  const { stdout, stderr } = await run(process.execPath, [next, 'build', ...flags], options)
  return { folder, output: stdout + stderr }
}

/**
 * Builds with Turbopack's cache of the last app of that kind, from this run or an earlier one, and keeps the new cache for the next.
 * Turbopack identifies files by path, so all apps of a kind are built in the same folder. Nothing else that Next caches is kept:
 * fetched data belongs to one app.
 */
export async function buildWarm<T>(kind: string, folder: string, start: () => Promise<T>): Promise<T> {
  const kept = join(dirname(dirname(folder)), 'compiled', kind)
  const cache = join(folder, '.next', 'cache', 'turbopack')
  for (const path of [kept, cache]) await mkdir(dirname(path), { recursive: true })
  if (existsSync(kept)) await rename(kept, cache)
  const built = await start()
  // Webpack and the oldest Next have no such cache.
  if (existsSync(cache)) await rename(cache, kept)
  return built
}

/** Every file below a folder, by path relative to it. */
export async function filesBelow(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(files.map(async (file) => [file.slice(folder.length + 1), await readFile(file)] as const)),
  )
}
