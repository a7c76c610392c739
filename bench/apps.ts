// The builds of the bench's app, and the workers of others beside the plain one.

import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { buildApp, layOutApp, packPackage } from '../e2e/harness/builds/build-app.ts'
import { appFolder, ROOT } from '../e2e/harness/paths.ts'
import { FOREIGN_WORKERS } from './arms.ts'
import { slowScript, bundleWorker } from './bundle-worker.ts'
import { storefrontParts } from './storefront/storefront.ts'

/** @returns The folder of each build. With SHELL_CACHE_KEEP_BUILDS what the last run has built is taken as it is. */
export async function buildApps(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const isKept = process.env['SHELL_CACHE_KEEP_BUILDS'] === '1'
  const folders = names.map((name) => [name, appFolder(`bench-${name}`)] as const)
  const missing = folders.filter(([, folder]) => !isKept || !existsSync(join(folder, '.next', 'BUILD_ID')))
  const tarball = missing.length > 0 ? await packPackage() : ''
  for (const [name] of missing) {
    console.log(`building the app: ${name}`)
    await build(name, tarball)
  }
  return new Map(folders)
}

async function build(name: string, tarball: string): Promise<void> {
  const folder = await layOutBench(`bench-${name}`, tarball)
  await buildApp(folder, { BENCH_ARM: name })
}

/** The bench's app with the files of another folder over it. Kept as those of {@link buildApps}. */
export async function buildOverlaid(name: string, overlay: string, env: Record<string, string>): Promise<string> {
  const isThere = existsSync(join(appFolder(name), '.next', 'BUILD_ID'))
  if (process.env['SHELL_CACHE_KEEP_BUILDS'] === '1' && isThere) return appFolder(name)
  console.log(`building the app: ${name}`)
  const folder = await layOutBench(name, await packPackage())
  await cp(overlay, folder, { recursive: true })
  await buildApp(folder, env)
  return folder
}

/** The bench's app in a folder of that name, with its own config. */
export async function layOutBench(name: string, tarball: string): Promise<string> {
  const folder = await layOutApp(name, join(ROOT, 'bench', 'app'), tarball)
  // The suite's patience with a busy machine would hide what the package does by default.
  await rename(join(folder, 'own.config.ts'), join(folder, 'next.config.ts'))
  for (const [path, text] of storefrontParts()) await writeFile(join(folder, path), text)
  return folder
}

/** Writes the workers of others where the plain build serves them. To be called before its server starts, which lists the files then. */
export async function placeForeignWorkers(folder: string, boot: number): Promise<void> {
  await mkdir(join(folder, 'public'), { recursive: true })
  for (const name of FOREIGN_WORKERS) {
    await writeFile(join(folder, 'public', `sw-${name}.js`), slowScript(await bundleWorker(name), boot))
  }
}

/** Has the worker of a build of ours take so much longer to start: one line before its own, replaced by the next call. */
export async function slowDownOwnWorker(folder: string, boot: number): Promise<void> {
  await changeOwnWorker(folder, (script) => slowScript(script, boot))
}

/** To be called before the server of the build starts. */
export async function changeOwnWorker(folder: string, change: (script: string) => string): Promise<void> {
  const file = join(folder, '.next', 'static', 'shell-cache', 'sw.js')
  await writeFile(file, change(await readFile(file, 'utf8')))
}
