// What every command needs on a machine that has only Node and git: the dependencies, a Chromium, for the fault matrix two more
// browsers, for some specs an nginx and a Redis. Uses nothing but Node until they are there.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

/** Runs a command with its output shown; throws where it fails. */
export function run(command, args, env = {}) {
  execFileSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
}

/** By `npm ci`, which installs what the lock file says and changes no file of the tree. */
export function ensureDependencies() {
  const installed = 'node_modules/.package-lock.json'
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return
  run('npm', ['ci', '--no-fund', '--no-audit'])
}

const KNOWN = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome']

/** Debian's package where that can be installed, Playwright's own download elsewhere. */
export function ensureChromium() {
  if (KNOWN.some((path) => path && existsSync(path))) return
  if (canInstall()) installFromDebian('chromium')
  else run('npx', ['playwright', 'install', '--with-deps', 'chromium'])
}

const OPTIONAL = [
  ['/usr/bin/chromium-headless-shell', 'chromium-headless-shell'],
  ['/usr/sbin/nginx', 'nginx'],
  ['/usr/bin/redis-server', 'redis-server'],
  ['/usr/bin/firefox-esr', 'firefox-esr'],
  ['/usr/bin/WebKitWebDriver', 'webkit2gtk-driver'],
  ['/usr/bin/Xvfb', 'xvfb'],
]

/** The specs that need one of these skip themselves, with the reason, where it cannot be had; the first only makes them faster. */
export function ensureTestPrograms() {
  const missing = OPTIONAL.filter(([path]) => !existsSync(path)).map(([, name]) => name)
  if (missing.length === 0 || !canInstall()) return
  try {
    installKnown(...missing)
  } catch (error) {
    console.warn(`Could not install ${missing.join(', ')}: ${error.message}`)
  }
}

function canInstall() {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
}

let isIndexNew = false

function updateIndex() {
  if (!isIndexNew) apt('update')
  isIndexNew = true
}

function installFromDebian(...names) {
  updateIndex()
  apt('install', '-y', '--no-install-recommends', ...names)
}

/** A mirror may fail once, and somebody else may be installing. */
function apt(...args) {
  const patient = ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=300']
  run('apt-get', [...patient, ...args], { DEBIAN_FRONTEND: 'noninteractive' })
}

/** Not every release has all of them, and apt-get installs none where it does not know one. */
function installKnown(...names) {
  updateIndex()
  installFromDebian(...names.filter((name) => spawnSync('apt-cache', ['show', name]).status === 0))
}
