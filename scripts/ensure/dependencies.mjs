// Makes node_modules contain the packages of package-lock.json. Compares the installed packages with the lock file name by name: in a
// tarball, dates mean nothing, and an install that was killed is incomplete.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { runsSlowly, Stop, toReason } from './run.mjs'

// The scripts need the development packages, whatever NODE_ENV and npm's settings leave out. Packages in npm's cache are not requested
// again.
const INSTALL = ['ci', '--include=dev', '--include=optional', '--prefer-offline', '--no-fund', '--no-audit']

/** Uses `npm ci`, which installs what the lock file says and changes no file of the tree. */
export function ensureDependencies() {
  requireNode(JSON.parse(readFileSync('package.json', 'utf8')).engines.node)
  const lack = findLack()
  if (lack === undefined) return
  console.log(`Installing packages with \`npm ci\`: ${lack}. A slow registry can take minutes over it.`)
  const status = runsSlowly('npm ci, which asks the registry', 'npm', INSTALL)
  if (status !== 0)
    throw new Stop(
      `\`npm ci\` failed (${toReason(status)}), so nothing was built or tested. npm's own words are above. Where it could not reach its registry, see \`npm config get registry\` and your network or proxy; then run the same command again: what it has downloaded stays in its cache.`,
    )
  const still = findLack()
  if (still !== undefined)
    throw new Stop(
      `\`npm ci\` said that it has installed all, and yet ${still}. Remove node_modules and run the same command again.`,
    )
}

/** @param range - As in package.json: `>=20.19.0`. */
export function requireNode(range, version = process.versions.node) {
  const least = range.replace('>=', '')
  const isNewer = least.localeCompare(version, undefined, { numeric: true }) <= 0
  if (isNewer) return
  throw new Stop(
    `This is Node ${version}, and ${least} or newer is needed. Nothing was run. Install one, or take one from the registry: \`npx -y node@22 scripts/test.mjs\` is \`npm test\` on Node 22.`,
  )
}

function findLack() {
  const installed = 'node_modules/.package-lock.json'
  const isThere = (path) => existsSync(join(path, 'package.json'))
  if (!existsSync(installed)) return 'there are none'
  return lackOf(readJson('package-lock.json'), readJson(installed), thisMachine(), isThere)
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

function thisMachine() {
  // Otherwise the report would look up the host names of all connections.
  process.report.excludeNetwork = true
  const isGlibc = Boolean(process.report.getReport().header.glibcVersionRuntime)
  return { os: process.platform, cpu: process.arch, libc: isGlibc ? 'glibc' : 'musl' }
}

/**
 * The first difference from the lock file, in words; undefined if there is none.
 *
 * @param locked - package-lock.json.
 * @param installed - npm's own list of what is in node_modules.
 * @param isThere - Whether a folder contains a package.
 */
export function lackOf(locked, installed, machine, isThere) {
  for (const [path, entry] of Object.entries(locked.packages)) {
    if (!path.includes('node_modules/') || !isWanted(entry, machine)) continue
    const there = installed.packages[path]
    if (!there || !isThere(path)) return `${path} is missing`
    if (there.version !== entry.version) return `${path} is ${there.version} and not ${entry.version}`
  }
  return undefined
}

/** Optional packages are required only if they are for this platform; npm may leave out others. */
function isWanted({ optional, os, cpu, libc }, machine) {
  if (!optional) return true
  return Boolean(os ?? cpu) && fits(os, machine.os) && fits(cpu, machine.cpu) && fits(libc, machine.libc)
}

/** `names` as in package.json: either those that the package is for, or, with a `!`, those that it is not for. */
function fits(names, name) {
  if (!names) return true
  const others = names.every((each) => each.startsWith('!'))
  return others ? !names.includes(`!${name}`) : names.includes(name)
}
