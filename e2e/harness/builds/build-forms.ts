// Sets up the apps that show a form of config or of repository (forms.spec.ts). Their files, configs included, are what a user would
// write, and stay unchanged except for one word.

import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { copyApp, layOutApp, unpackPackage } from './build-app.ts'
import { ROOT } from '../paths.ts'
import { NAMED_NEXT } from './peer-range.ts'
import { STORE_MS } from '../timeouts.ts'

const run = promisify(execFile)
const APPS = join(ROOT, 'e2e', 'apps')

/** @param appParent - The parent of the folder `app`. */
export async function layOutForm(name: 'wrapped' | 'commonjs', tarball: string, appParent = ''): Promise<string> {
  const folder = await copyApp(name, join(APPS, name))
  await copyShared(folder, appParent)
  await unpackPackage(folder, tarball)
  return folder
}

/** The same app without the package: its imports resolve to a stand-in that does nothing. */
export async function layOutWithout(name: string, source: string): Promise<string> {
  const folder = await copyApp(name, join(APPS, source))
  await cp(join(APPS, 'shared'), folder, { recursive: true, force: false })
  const module = join(folder, 'node_modules', 'next-shell-cache')
  await mkdir(module, { recursive: true })
  for (const [file, text] of Object.entries(STAND_IN)) await writeFile(join(module, file), text)
  return folder
}

/** Ignores type errors: scripts/check.mjs checks the types of all apps separately. */
const STAND_IN = {
  'package.json': '{ "type": "module", "exports": { ".": "./index.js", "./react": "./react.js" } }',
  'index.js': 'export const withShellCache = (config) => ({ ...config, typescript: { ignoreBuildErrors: true } })',
  'react.js': 'export const ShellCache = () => null',
}

/** The example shop. On Next 16.2, which cannot put our script into pages, it gets the component that registers the worker. */
export async function layOutShop(name: string, tarball: string): Promise<string> {
  const folder = await layOutApp(name, join(ROOT, 'examples', 'shop'), tarball)
  if (!NAMED_NEXT?.startsWith('16.2.')) return folder
  const file = join(folder, 'app', 'layout.tsx')
  const layout = await readFile(file, 'utf8')
  const placed = layout
    .replace('import { OfflineNotice,', 'import { OfflineNotice, ShellCache,')
    .replace('<UpdateNotice />', '<ShellCache />\n        <UpdateNotice />')
  if (!placed.includes(' ShellCache,') || !placed.includes('<ShellCache />'))
    throw new Error(`${file} is laid out in another way`)
  await writeFile(file, placed)
  return folder
}

/** Gives the app an option with a wrong name, so that one Webpack build shows both. */
export async function misspellOption(folder: string): Promise<string> {
  const file = join(folder, 'next.config.js')
  const config = await readFile(file, 'utf8')
  const own = '{ cacheComponents: true }'
  if (!config.includes(own)) throw new Error(`${file} has another config than ${own}`)
  await writeFile(file, config.replace(own, `${own}, { maxShellByte: 1 }`))
  return folder
}

/** Installs from the registry. As with pnpm, each package sees only the dependencies that it names. @returns the app's folder. */
export async function installMonorepo(tarball: string): Promise<string> {
  const root = await copyApp('monorepo', join(APPS, 'monorepo'))
  const app = join(root, 'apps', 'web')
  await copyShared(app, '')
  const file = join(app, 'package.json')
  const own: { dependencies: object } = JSON.parse(await readFile(file, 'utf8'))
  const repository: { devDependencies: { next: string } } = JSON.parse(
    await readFile(join(ROOT, 'package.json'), 'utf8'),
  )
  const { next } = repository.devDependencies
  const dependencies = { ...own.dependencies, next, react: '^19.2.0', 'react-dom': '^19.2.0' }
  const types = { typescript: '5.9.3', '@types/react': '^19.2.0', '@types/node': '^20.19.0' }
  const all = { ...dependencies, ...types, 'next-shell-cache': `file:${tarball}` }
  await writeFile(file, JSON.stringify({ ...own, dependencies: all }))
  await run('npm', ['install', '--install-strategy=linked', '--no-fund', '--no-audit', '--silent'], { cwd: root })
  return app
}

async function copyShared(app: string, appParent: string): Promise<void> {
  await cp(join(APPS, 'shared', 'tsconfig.json'), join(app, 'tsconfig.json'))
  await cp(join(APPS, 'shared', 'app'), join(app, appParent, 'app'), { recursive: true })
}

/** Gives a build longer timeouts and a larger install budget. Only the worker has them as constants (`publicFiles` of emit.ts). */
export async function makePatient(distDir: string): Promise<void> {
  const file = join(distDir, 'static', 'shell-cache', 'sw.js')
  const worker = await readFile(file, 'utf8')
  const patient = worker
    .replace('"timeouts":{"store":50,', `"timeouts":{"store":${STORE_MS},`)
    .replace('"images":5242880}', '"images":5242880,"install":100000000}')
  if (patient === worker) throw new Error(`${file} has other timeouts than the default`)
  await writeFile(file, patient)
}
