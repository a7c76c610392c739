// Makes the builds of the bench's app, and places other workers in the plain build.

import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { buildApp, layOutApp, packPackage } from '../e2e/harness/builds/build-app.ts'
import { appFolder, ROOT } from '../e2e/harness/paths.ts'
import { FOREIGN_WORKERS } from './arms.ts'
import { slowScript, bundleWorker } from './bundle-worker.ts'
import { storefrontParts } from './storefront/storefront.ts'

/** @returns The folder of each build. With SHELL_CACHE_KEEP_BUILDS the last run's builds are used again. */
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

/** The bench's app with the files of another folder copied over it. Kept like those of {@link buildApps}. */
export async function buildOverlaid(name: string, overlay: string, env: Record<string, string>): Promise<string> {
  const isThere = existsSync(join(appFolder(name), '.next', 'BUILD_ID'))
  if (process.env['SHELL_CACHE_KEEP_BUILDS'] === '1' && isThere) return appFolder(name)
  console.log(`building the app: ${name}`)
  const folder = await layOutBench(name, await packPackage())
  await cp(overlay, folder, { recursive: true })
  await buildApp(folder, env)
  return folder
}

/** Copies the bench's app to a folder of that name, with its own config. */
export async function layOutBench(name: string, tarball: string): Promise<string> {
  const folder = await layOutApp(name, join(ROOT, 'bench', 'app'), tarball)
  // The suite's longer timeouts for busy machines would hide the package's defaults.
  await rename(join(folder, 'own.config.ts'), join(folder, 'next.config.ts'))
  for (const [path, text] of storefrontParts()) await writeFile(join(folder, path), text)
  return folder
}

/** Writes the other workers into the plain build's `public` folder. Must be called before its server starts, which then lists the files. */
export async function placeForeignWorkers(folder: string, boot: number): Promise<void> {
  await mkdir(join(folder, 'public'), { recursive: true })
  for (const name of FOREIGN_WORKERS) {
    await writeFile(join(folder, 'public', `sw-${name}.js`), slowScript(await bundleWorker(name), boot))
  }
}

/** Makes our worker start this much later, by a line before its script. The next call replaces the line. */
export async function slowDownOwnWorker(folder: string, boot: number): Promise<void> {
  await changeOwnWorker(folder, (script) => slowScript(script, boot))
}

/** Must be called before the build's server starts. */
export async function changeOwnWorker(folder: string, change: (script: string) => string): Promise<void> {
  const file = join(folder, '.next', 'static', 'shell-cache', 'sw.js')
  await writeFile(file, change(await readFile(file, 'utf8')))
}
