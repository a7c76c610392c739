// Bundles the app's own worker (option `worker`) into one script, with the app's own esbuild. The bundle includes installShellCache()
// with the constants of this build.
//
// Every failure ends the build (`BuildStopped`): the worker is a source file of the app like any other, and a build without it would
// silently remove push messages and everything else that the worker does.

import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

import type * as Esbuild from 'esbuild'

import { BUILD_COMMENT } from '../../../protocol/wire.ts'
import type { WorkerConfig } from '../../../protocol/build/worker-config.ts'
import { BuildStopped, problems } from '../../errors.ts'

const ENTRY = 'next-shell-cache/sw'

type App = {
  readonly projectDir: string
  readonly config: {
    readonly env?: Readonly<Record<string, string | undefined>>
    readonly typescript?: { readonly tsconfigPath?: string | undefined }
  }
}

/** What the bundle contains for `next-shell-cache/sw`. */
export type Core = {
  /** A built file of this package, so that it has the same version as the adapter. */
  readonly entry: string
  /** Values of the names that the file declares. */
  readonly constants: Readonly<Record<string, string>>
  /** The script's last line. */
  readonly footer: string
}

/** The names that sw/entries/own-worker.ts declares. */
export function coreWith(config: WorkerConfig, entry: string): Core {
  const constants = {
    SHELL_CACHE_CONFIG: JSON.stringify(config),
    SHELL_CACHE_IS_WATCHED: String(config.inspector || config.debug),
    SHELL_CACHE_HAS_COPIES: String(config.offlineCopies.length > 0),
    SHELL_CACHE_LEARNS: String(config.transport === 'prefix'),
  }
  const { buildId, basePath, manifestUrl } = config
  return { entry, constants, footer: BUILD_COMMENT + JSON.stringify({ buildId, basePath, manifestUrl }) }
}

/**
 * Checks what can be known before the app is built: that the source and the bundler exist.
 *
 * @throws BuildStopped
 */
export function requireBundlable(worker: string, projectDir: string): void {
  if (!existsSync(resolve(projectDir, worker))) throw new BuildStopped(problems.workerMissing(worker, projectDir))
  loadEsbuild(projectDir)
}

/**
 * @param worker - Path of the source, relative to the project's folder.
 * @throws BuildStopped
 */
export async function bundleWorker(
  worker: string,
  { entry, constants, footer }: Core,
  { projectDir, config: { env = {}, typescript } }: App,
): Promise<string> {
  const source = resolve(projectDir, worker)
  if (!existsSync(source)) throw new BuildStopped(problems.workerMissing(worker, projectDir))
  const esbuild = loadEsbuild(projectDir)
  const tsconfig = tsconfigOf(projectDir, typescript?.tsconfigPath)
  const building = esbuild.build({
    absWorkingDir: projectDir,
    entryPoints: [source],
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    logLevel: 'silent',
    alias: { [ENTRY]: entry },
    define: { ...environment(env), ...constants },
    footer: { js: footer },
    ...(tsconfig === undefined ? {} : { tsconfig }),
  })
  const { outputFiles, metafile, warnings } = await building.catch((failure: Esbuild.BuildFailure) =>
    stop(worker, failure, esbuild),
  )
  for (const text of await esbuild.formatMessages(warnings, { kind: 'warning' })) console.warn(text)
  if (!holds(metafile, realpathSync(entry), projectDir)) throw new BuildStopped(problems.workerWithout(worker))
  return outputFiles[0]?.text ?? ''
}

/** The app's own esbuild, in the version that the app chose. */
function loadEsbuild(projectDir: string): typeof Esbuild {
  try {
    return createRequire(join(projectDir, 'package.json'))('esbuild')
  } catch (error) {
    throw new BuildStopped(problems.noBundler(error))
  }
}

/** esbuild finds files named tsconfig.json by itself, but no other names. */
function tsconfigOf(projectDir: string, named: string | undefined): string | undefined {
  const script = join(projectDir, 'jsconfig.json')
  if (named !== undefined) return resolve(projectDir, named)
  return !existsSync(join(projectDir, 'tsconfig.json')) && existsSync(script) ? script : undefined
}

/** The environment as Next inlines it into an app's scripts. Variables that are not for browsers are undefined there. */
function environment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const published = Object.entries(process.env).filter(([name]) => name.startsWith('NEXT_PUBLIC_'))
  const known = Object.entries({ ...Object.fromEntries(published), ...env })
  const named = known.flatMap(([name, value]): [string, string][] =>
    value === undefined || !/^[a-z_$][\w$]*$/i.test(name) ? [] : [[`process.env.${name}`, JSON.stringify(value)]],
  )
  return { 'process.env': '{}', ...Object.fromEntries(named), 'process.env.NODE_ENV': '"production"' }
}

async function stop(worker: string, failure: Esbuild.BuildFailure, esbuild: typeof Esbuild): Promise<never> {
  const errors = await esbuild.formatMessages(failure.errors ?? [], { kind: 'error' })
  throw new BuildStopped(problems.workerBroken(worker, errors.join('\n').trim() || String(failure)))
}

/** esbuild leaves an import that nothing calls out of the bundle. */
function holds({ outputs }: Esbuild.Metafile, file: string, projectDir: string): boolean {
  return Object.values(outputs).some(({ inputs }) =>
    Object.entries(inputs).some(
      ([input, { bytesInOutput }]) => resolve(projectDir, input) === file && bytesInOutput > 0,
    ),
  )
}
