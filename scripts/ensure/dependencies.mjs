// The packages that package-lock.json names, in node_modules. What is there is compared with the lock file name by name: dates say
// nothing in a tarball, and an install that was killed leaves a part.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { runsSlowly, Stop, toReason } from './run.mjs'

// Development packages are what the scripts run, whatever NODE_ENV and npm's own settings leave out. What npm's cache has is not
// asked for again.
const INSTALL = ['ci', '--include=dev', '--include=optional', '--prefer-offline', '--no-fund', '--no-audit']

/** By `npm ci`, which installs what the lock file says and changes no file of the tree. */
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

/** @param range - As package.json has it: `>=20.19.0`. */
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
  // The report would ask for the names of every connection's other end.
  process.report.excludeNetwork = true
  const isGlibc = Boolean(process.report.getReport().header.glibcVersionRuntime)
  return { os: process.platform, cpu: process.arch, libc: isGlibc ? 'glibc' : 'musl' }
}

/**
 * What is not as the lock file says, in words; undefined where all is.
 *
 * @param locked - package-lock.json.
 * @param installed - What npm has noted of node_modules.
 * @param isThere - Whether a folder holds a package.
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

/** Optional packages are those of one platform; npm leaves out others at its own judgement. */
function isWanted({ optional, os, cpu, libc }, machine) {
  if (!optional) return true
  return Boolean(os ?? cpu) && fits(os, machine.os) && fits(cpu, machine.cpu) && fits(libc, machine.libc)
}

/** As package.json has it: names that it is for, or such with a `!` that it is not for. */
function fits(names, name) {
  if (!names) return true
  const others = names.every((each) => each.startsWith('!'))
  return others ? !names.includes(`!${name}`) : names.includes(name)
}
