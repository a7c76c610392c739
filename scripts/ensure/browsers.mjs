// Finds or installs the programs that the tests drive: Chromium, which is required, and the others, whose tests are skipped if they
// are missing.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

import { isInstallTold, mayInstall } from './consent.mjs'
import { canUseApt, installFromDebian } from './debian.mjs'
import { findProgram, PROGRAMS } from './programs.mjs'
import { runs, Stop } from './run.mjs'

/** Requires the named Chromium, else the system's, else Playwright's own. If there is none, it installs one, if it may. */
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
  // Imported late: Playwright is missing until the dependencies are installed.
  const own = createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
  return existsSync(own) ? own : undefined
}

function installChromium() {
  if (canUseApt()) installFromDebian([PROGRAMS.chromium.debian])
  if (findProgram('chromium') !== undefined) return
  // Only root installs its system dependencies: for other users the command would ask for a password.
  const isRoot = process.getuid?.() === 0
  runs('npx', ['--no-install', 'playwright', 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium'])
}

/** A browser may exist and still not run: a wrapper of another package manager, or a browser without its libraries. */
function requireStart(path) {
  const { status, error, stdout, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 60_000 })
  if (status === 0) return console.log(`Browser: ${stdout.trim()} (${path})`)
  const [why] = (error ? String(error) : stderr || `exit code ${status}`).trim().split('\n')
  throw new Stop(`The browser ${path} does not start (${why}), so nothing was tested. ${WAYS}`)
}

const WAYS = `The tests take, in this order: the program that CHROME_PATH names, ${PROGRAMS.chromium.names.join(' or ')} of the system, Playwright's own. Get one by \`apt-get install chromium\` as root, or by \`npx playwright install chromium\` as any user, or name one (CHROME_PATH=/path/to/chrome); then run the same command again. With SHELL_CACHE_INSTALL=1 it installs one itself.`

/** Tests that need one of these skip themselves, with the reason, if it is missing. The headless shell only makes tests faster. */
export function ensureTestPrograms() {
  const missing = findMissing()
  if (missing.length === 0) return
  // Never asks: the run can continue without them.
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
