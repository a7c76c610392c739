// Sets up and builds an app for a host: that of create-next-app with the README's steps.

import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { packPackage } from '../harness/builds/build-app.ts'
import { startFonts } from '../harness/builds/fonts.ts'
import { makeNewApp } from '../harness/builds/new-app.ts'
import { lockedNext } from '../harness/builds/peer-range.ts'
import { ROOT } from '../harness/paths.ts'
import { type Host, hostFolder } from './host.ts'

const run = promisify(execFile)

const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--legacy-peer-deps']

/** Made once for all hosts: each host's packages are installed into a copy. */
export async function makeBase(): Promise<string> {
  const tarball = await packPackage()
  const folder = await makeNewApp('hosted', tarball)
  await cp(join(ROOT, 'e2e', 'apps', 'hosted'), folder, { recursive: true })
  const file = join(folder, 'package.json')
  const own: { dependencies: object } = JSON.parse(await readFile(file, 'utf8'))
  // create-next-app may be older than the Next that the suite runs on.
  const dependencies = { ...own.dependencies, next: lockedNext(), 'next-shell-cache': `file:${tarball}` }
  await writeFile(file, JSON.stringify({ ...own, dependencies }))
  await run('npm', INSTALL, { cwd: folder })
  return folder
}

/** Installs from the registry into the work folder. @returns The versions of this host's packages. */
export async function layOutHost(name: string, host: Host, base: string): Promise<Readonly<Record<string, string>>> {
  const app = join(hostFolder(name), 'app')
  await rm(hostFolder(name), { recursive: true, force: true })
  await mkdir(hostFolder(name), { recursive: true })
  await cp(base, app, { recursive: true, verbatimSymlinks: true })
  if (host.packages.length > 0) await run('npm', [...INSTALL, '--save-dev', ...host.packages], { cwd: app })
  for (const [file, text] of Object.entries(host.files ?? {})) await writeFile(join(app, file), text)
  if (host.config !== undefined)
    await changeConfig(app, 'cacheComponents: true,', `cacheComponents: true, ${host.config},`)
  const versions = ['next', ...host.packages].map(async (installed): Promise<[string, string]> => {
    const own = join(app, 'node_modules', installed, 'package.json')
    const { version }: { version: string } = JSON.parse(await readFile(own, 'utf8'))
    return [installed, version]
  })
  return Object.fromEntries(await Promise.all(versions))
}

/** Builds the app as the host's users do. If the build fails, the error has its whole output. */
export async function buildHost(name: string, host: Host): Promise<string> {
  const app = join(hostFolder(name), 'app')
  await using fonts = await startFonts()
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', ...fonts.env, ...host.env?.(app) }
  const [program, ...args] = host.build ?? ['next', 'build']
  const command = ['--no-install', program ?? '', ...args]
  const { stdout, stderr } = await run('npx', command, { cwd: app, env, maxBuffer: 100_000_000 })
  await writeFile(join(hostFolder(name), 'build.log'), stdout + stderr)
  return stdout + stderr
}

/** Sets `uninstall`, as docs/hosting.md says for removing the package. */
export async function askToUninstall(name: string): Promise<void> {
  const app = join(hostFolder(name), 'app')
  await changeConfig(app, 'withShellCache(nextConfig)', 'withShellCache(nextConfig, { uninstall: true })')
}

async function changeConfig(app: string, from: string, to: string): Promise<void> {
  const file = join(app, 'next.config.ts')
  const config = await readFile(file, 'utf8')
  if (!config.includes(from)) throw new Error(`${file} does not have "${from}"`)
  await writeFile(file, config.replace(from, to))
}
