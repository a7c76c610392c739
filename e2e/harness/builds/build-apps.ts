// Builds the apps of the suite, once for all tests. What the builds printed is kept beside them for the tests.

import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { buildApp, buildWarm, layOutApp, packPackage } from './build-app.ts'
import { installMonorepo, layOutForm, layOutShop, layOutWithout, makePatient, misspellOption } from './build-forms.ts'
import { CACHE_HANDLER, IS_ABOUT_CACHES, layInHandler } from './cache-handlers.ts'
import { startUpstream } from './canary.ts'
import { startFonts } from './fonts.ts'
import { installNext } from './install-next.ts'
import { makeNewApp } from './new-app.ts'
import { startRedis } from '../hosts/redis.ts'
import { appFolder, type AppName, ROOT, WORK } from '../paths.ts'
import { NAMED_NEXT, peerRange } from './peer-range.ts'

/** @param wanted - Names of apps; every app where there is none. */
export async function buildApps(wanted: readonly string[]): Promise<void> {
  // A registry that fails three times in a row would fail every test.
  process.env['npm_config_fetch_retries'] ??= '5'
  await rm(join(WORK, 'packed'), { recursive: true, force: true })
  const tarball = await packPackage()
  const source = (name: string): string => join(ROOT, 'e2e', 'apps', name)
  if (NAMED_NEXT !== undefined) await installNext(NAMED_NEXT)
  await using upstream = await startUpstream()
  const ofProxied = {
    CANARY_UPSTREAM: upstream.url,
    NEXT_ADAPTER_PATH: join(ROOT, 'e2e', 'apps', 'proxied', 'platform-adapter.mjs'),
  }
  const builds: Readonly<Record<string, () => Promise<void>>> = {
    shop: async () => buildOneOf('shop', await layOutShop('shop', tarball)),
    'shop-next': async () => buildOneOf('shop', await layOutShop('shop-next', tarball)),
    'shop-waiting': async () =>
      buildOneOf('shop', await layOutShop('shop-waiting', tarball), { SHOP_USE_OFFLINE: '1' }),
    'shop-preload': async () =>
      buildOneOf('shop', await layOutShop('shop-preload', tarball), {
        SHELL_CACHE_TEST: 'preload',
        SHELL_CACHE_INSTALL: 'default',
      }),
    'shop-inspected': async () =>
      buildOneOf('shop', await layOutShop('shop-inspected', tarball), { SHELL_CACHE_TEST: 'inspected' }),
    plain: async () =>
      buildOneOf('plain', await layOutZone('plain', '/docs', 'Bare', tarball), { SHELL_CACHE_SECRET: PLAIN_SECRET }),
    'plain-upgraded': async () =>
      buildOneOf(
        'plain',
        await layOutZone('plain-upgraded', '/docs', 'Upgraded', tarball, ', partialPrefetching: true'),
        {
          SHELL_CACHE_TEST: 'preload',
        },
      ),
    'plain-rooted': async () =>
      buildOneOf('plain', await layOutZone('plain-rooted', '', 'Root', tarball), { SHELL_CACHE_SECRET: PLAIN_SECRET }),
    'plain-without': async () =>
      buildOneOf('plain', await layOutWithout('plain-without', 'plain'), { PLAIN_NAME: 'Bare' }),
    proxied: async () => buildOneOf('proxied', await layOutApp('proxied', source('proxied'), tarball), ofProxied),
    'proxied-without': async () => buildOneOf('proxied', await layOutWithout('proxied-without', 'proxied'), ofProxied),
    'proxied-preload': () => copyWithPreload('proxied', 'proxied-preload'),
    rooted: async () =>
      buildOneOf('rooted', await layOutApp('rooted', source('rooted'), tarball), { SHELL_CACHE_TEST: 'preload' }),
    'rooted-without': async () => buildOneOf('rooted', await layOutWithout('rooted-without', 'rooted')),
    standalone: async () =>
      build(await layOutApp('standalone', source('bare'), tarball), {
        SHELL_CACHE_TEST: 'standalone',
        // As OpenNext, Netlify and Firebase build.
        NEXT_PRIVATE_STANDALONE: 'true',
      }),
    acting: async () =>
      buildOneOf('optional', await layOutApp('acting', source('optional'), tarball), { SHELL_CACHE_TEST: 'acting' }),
    copying: async () =>
      buildOneOf('optional', await layOutApp('copying', source('optional'), tarball), { SHELL_CACHE_TEST: 'copying' }),
    guide: async () =>
      buildOneOf('optional', await layOutApp('guide', source('optional'), tarball), { SHELL_CACHE_TEST: 'guide' }),
    patient: async () =>
      buildOneOf('optional', await layOutApp('patient', source('optional'), tarball), { SHELL_CACHE_TEST: 'patient' }),
    faults: async () =>
      buildOneOf('faults', await layOutApp('faults', source('faults'), tarball), { FAULTS_BUILD: 'one' }),
    'faults-next': async () =>
      buildOneOf('faults', await layOutApp('faults-next', source('faults'), tarball), { FAULTS_BUILD: 'two' }),
    'faults-preload': () => copyWithPreload('faults', 'faults-preload'),
    fresh: async () => buildOneOf('fresh', await layOutApp('fresh', source('fresh'), tarball)),
    'fresh-preload': () => copyWithPreload('fresh', 'fresh-preload'),
    'fresh-prefix': async () =>
      buildOneOf('fresh', await layOutApp('fresh-prefix', source('fresh'), tarball), { SHELL_CACHE_TEST: 'prefix' }),
    'fresh-shared': () => buildShared('fresh-shared', source('fresh'), tarball),
    ...(IS_ABOUT_CACHES
      ? {
          'fresh-shared-next': () => buildShared('fresh-shared-next', source('fresh'), tarball, { FRESH_BUILD: 'two' }),
        }
      : {}),
    migrated: async () => buildOneOf('migrated', await layOutApp('migrated', source('migrated'), tarball)),
    lowest: async () => {
      await installNext(peerRange().lowest)
      await build(await layOutApp('lowest', source('bare'), tarball))
    },
    ...(NAMED_NEXT === undefined
      ? {}
      : { named: async () => build(await layOutApp('named', source('bare'), tarball)) }),
    'new-app': async () => {
      await using fonts = await startFonts()
      await build(await makeNewApp('new-app', tarball), fonts.env)
    },
    wrapped: async () => buildForm(await layOutForm('wrapped', tarball, 'src'), 'build'),
    commonjs: async () =>
      buildForm(await misspellOption(await layOutForm('commonjs', tarball)), '.next', ['--webpack']),
    monorepo: async () => buildForm(await installMonorepo(tarball), '.next'),
    imported: async () =>
      buildOneOf('bare', await layOutImported(source('bare'), tarball), { SHELL_CACHE_TEST: 'imported' }),
  }
  // One at a time: two builds at once take longer than one after the other on two cores.
  for (const [name, start] of Object.entries(builds)) if (wanted.length === 0 || wanted.includes(name)) await start()
}

/** One of the apps of an origin, all built from one commit. */
async function layOutZone(
  name: 'plain' | 'plain-upgraded' | 'plain-rooted',
  basePath: string,
  title: string,
  tarball: string,
  more = '',
): Promise<string> {
  const folder = await layOutApp(name, join(ROOT, 'e2e', 'apps', 'plain'), tarball)
  const file = join(folder, 'own.config.ts')
  const config = await readFile(file, 'utf8')
  const own = `basePath: '${basePath}', generateBuildId: () => 'one-commit', env: { PLAIN_NAME: '${title}' }${more}`
  await writeFile(file, config.replace("basePath: '/docs'", own))
  return folder
}

/** A server of several, with the cache handler that the run is about. Some connect to Redis as soon as they are loaded. */
async function buildShared(
  name: AppName,
  source: string,
  tarball: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const folder = await layOutApp(name, source, tarball)
  const env = { FRESH_SHARED: CACHE_HANDLER, SHELL_CACHE_SECRET: PLAIN_SECRET, ...more }
  if (CACHE_HANDLER === 'own') return buildOneOf('fresh', folder, env)
  await layInHandler(folder)
  await using redis = await startRedis()
  await buildOneOf('fresh', folder, { ...env, REDIS_URL: redis.url })
}

/** An app whose worker another tool has built, and imports ours. */
async function layOutImported(source: string, tarball: string): Promise<string> {
  const folder = await layOutApp('imported', source, tarball)
  await cp(join(ROOT, 'examples', 'workers', 'service-worker.js'), join(folder, 'public', 'service-worker.js'))
  const layout = join(folder, 'app', 'layout.tsx')
  const own = (await readFile(layout, 'utf8')).replace(
    '<ShellCache />',
    '<ShellCache workerUrl="/service-worker.js" />',
  )
  await writeFile(layout, own)
  return folder
}

/** What a build with the default would be: the option is a constant of the worker alone (`publicFiles` of emit.ts). */
async function copyWithPreload(from: AppName, to: AppName): Promise<void> {
  await rm(appFolder(to), { recursive: true, force: true })
  await cp(appFolder(from), appFolder(to), { recursive: true })
  const file = join(appFolder(to), '.next', 'static', 'shell-cache', 'sw.js')
  const worker = await readFile(file, 'utf8')
  if (!worker.includes('"preload":false')) throw new Error(`${from} is no build without preload`)
  await writeFile(file, worker.replace('"preload":false', '"preload":true'))
}

/** The secret that `plain` and `fresh-shared` are built and run with; the others generate a key. */
export const PLAIN_SECRET = 'not-a-secret-but-long-enough-to-be-one'

async function buildForm(folder: string, distDir: string, flags?: readonly string[]): Promise<void> {
  await build(folder, {}, flags)
  await makePatient(join(folder, distDir))
}

/** Builds one of several apps of the same sources, with what Turbopack has compiled of the others. */
async function buildOneOf(kind: string, folder: string, env?: Record<string, string>): Promise<void> {
  const bench = join(dirname(folder), 'bench')
  await rm(bench, { recursive: true, force: true })
  await rename(folder, bench)
  await buildWarm(kind, bench, () => build(bench, env, [], folder))
  await rename(bench, folder)
}

/** @param name - Of the folder that it is for. */
async function build(
  folder: string,
  env?: Record<string, string>,
  flags?: readonly string[],
  name: string = folder,
): Promise<void> {
  const started = performance.now()
  const { output } = await buildApp(folder, env, flags)
  await writeFile(join(folder, 'build.log'), output)
  console.log(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
