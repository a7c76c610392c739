// Installs third-party cache handlers for `npm run test:caches`. Each is installed from the registry once, with the peer dependencies
// that it needs, and copied into the app that is built with it. Next is the repository's.

import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { ROOT, WORK } from '../paths.ts'

const run = promisify(execFile)

/** The packages of each handler, by its name in FRESH_SHARED (e2e/apps/fresh/caches.ts). `own` is this suite's handler. */
const TABLE = join(ROOT, 'e2e', 'harness', 'builds', 'cache-handlers.json')

const named = process.env['SHELL_CACHE_HANDLER']

/** The handler of this run. */
export const CACHE_HANDLER: string = named ?? 'own'

/** Whether this is a run of `npm run test:caches`. */
export const IS_ABOUT_CACHES: boolean = named !== undefined

/** Copies the handler's packages into an app. Installs them only if there is no complete earlier install. */
export async function layInHandler(app: string): Promise<void> {
  const all: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(await readFile(TABLE, 'utf8'))
  const dependencies = all[CACHE_HANDLER]
  if (!dependencies) throw new Error(`SHELL_CACHE_HANDLER is ${CACHE_HANDLER}: no such cache handler`)
  if (Object.keys(dependencies).length === 0) return
  const folder = join(WORK, 'caches', CACHE_HANDLER)
  const manifest = JSON.stringify({ name: 'caches', private: true, dependencies })
  const mark = join(folder, 'installed.json')
  if ((await readFile(mark, 'utf8').catch(() => '')) !== manifest) {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'package.json'), manifest)
    const args = ['install', '--no-fund', '--no-audit', '--silent', '--prefer-offline', '--legacy-peer-deps']
    await run('npm', args, { cwd: folder })
    await writeFile(mark, manifest)
  }
  await cp(join(folder, 'node_modules'), join(app, 'node_modules'), { recursive: true })
}
