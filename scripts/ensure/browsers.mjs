// The programs that the tests drive: the one that they cannot do without, a Chromium, and those whose tests are skipped without them.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

import { isInstallTold, mayInstall } from './consent.mjs'
import { canUseApt, installFromDebian } from './debian.mjs'
import { findProgram, PROGRAMS } from './programs.mjs'
import { runs, Stop } from './run.mjs'

/** The one that is named, else the system's, else Playwright's own; else, where that may be, one of the two is installed. */
export function ensureChromium() {
  const found = findChromium()
  if (found !== undefined) return requireStart(found)
  const command = canUseApt() ? 'apt-get install chromium' : 'npx playwright install chromium'
  if (!mayInstall(`There is no Chromium, which the browser tests need. Install one by \`${command}\`?`))
    throw new Stop(`There is no Chromium, so nothing was tested. ${WAYS}`)
  installChromium()
  const installed = findChromium()
  if (installed === undefined) throw new Stop(`No Chromium could be installed: see above. ${WAYS}`)
  return requireStart(installed)
}

function findChromium() {
  const known = findProgram('chromium')
  if (known !== undefined) return known
  // Asked now: there is no Playwright before the dependencies are there.
  const own = createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
  return existsSync(own) ? own : undefined
}

function installChromium() {
  if (canUseApt()) installFromDebian([PROGRAMS.chromium.debian])
  if (findProgram('chromium') !== undefined) return
  // What it needs of the system is installed by root alone: the command would ask for a password.
  const isRoot = process.getuid?.() === 0
  runs('npx', ['--no-install', 'playwright', 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium'])
}

/** A wrapper of another package manager, or a browser without its libraries, is there and does not run. */
function requireStart(path) {
  const { status, error, stdout, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 60_000 })
  if (status === 0) return console.log(`Browser: ${stdout.trim()} (${path})`)
  const [why] = (error ? String(error) : stderr || `exit code ${status}`).trim().split('\n')
  throw new Stop(`The browser ${path} does not start (${why}), so nothing was tested. ${WAYS}`)
}

const WAYS = `The tests take, in this order: the program that CHROME_PATH names, ${PROGRAMS.chromium.names.join(' or ')} of the system, Playwright's own. Get one by \`apt-get install chromium\` as root, or by \`npx playwright install chromium\` as any user, or name one (CHROME_PATH=/path/to/chrome); then run the same command again. With SHELL_CACHE_INSTALL=1 it installs one itself.`

/** The tests that need one of these skip themselves, with the reason, where it cannot be had; the first only makes them faster. */
export function ensureTestPrograms() {
  const missing = findMissing()
  if (missing.length === 0) return
  // Never worth a question: the run goes on without.
  if (canUseApt() && isInstallTold()) tryInstall(missing)
  const still = findMissing()
  if (still.length > 0) console.log(toSkipped(still))
}

const OPTIONAL = ['headlessShell', 'nginx', 'redis', 'firefox', 'webkit', 'xvfb']

const findMissing = () =>
  OPTIONAL.filter((name) => findProgram(name) === undefined).map((name) => PROGRAMS[name].debian)

function tryInstall(names) {
  try {
    installFromDebian(names)
  } catch (error) {
    console.warn(`Could not install ${names.join(', ')}: ${error.message}`)
  }
}

const toSkipped = (names) =>
  `Not there, so tests that need one of them are skipped: ${names.join(', ')}. As root, SHELL_CACHE_INSTALL=1 installs them (\`apt-get install ${names.join(' ')}\`).`
