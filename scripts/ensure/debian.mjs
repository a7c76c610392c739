// Installs packages with apt-get, as root, on Debian and its derivatives. Another process may use apt at the same time (another clone,
// a person), and an earlier run may have been killed halfway.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { Stop } from './run.mjs'

export function canUseApt() {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
}

/** Installs only the names that this release has: if apt-get does not know one of them, it installs none. */
export function installFromDebian(names) {
  apt('update')
  const known = names.filter((name) => spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0)
  if (known.length > 0) apt('install', '-y', '--no-install-recommends', ...known)
}

const PERIOD_MS = 2_000
const MOST_MS = 600_000

function apt(...args) {
  const end = performance.now() + MOST_MS
  let isTold = false
  for (;;) {
    const { status, error, complaint } = runApt(args)
    if (status === 0) return
    const trouble = troubleOf(complaint)
    if (trouble === undefined || performance.now() > end)
      throw new Stop(`\`apt-get ${args.join(' ')}\` failed (${error ?? `exit code ${status}`}): see above.`)
    // Another process's lock cannot be awaited, so apt-get is retried.
    if (trouble === 'interrupted') spawnSync('dpkg', ['--configure', '-a'], { stdio: 'inherit' })
    else if (!isTold) console.log('Another process installs packages (apt holds its lock): waiting until it is done.')
    isTold = true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PERIOD_MS)
  }
}

function runApt(args) {
  const { status, error, stderr } = spawnSync('apt-get', ['-o', 'Acquire::Retries=3', ...args], {
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  })
  const trouble = troubleOf(stderr ?? '')
  if (trouble === undefined) process.stderr.write(stderr ?? '')
  return { status, error, complaint: stderr ?? '' }
}

/**
 * Reads from apt-get's output whether the failure is temporary or can be repaired.
 *
 * @returns {'locked' | 'interrupted' | undefined}
 */
export function troubleOf(complaint) {
  if (/dpkg was interrupted/.test(complaint)) return 'interrupted'
  return /Could not get lock|Unable to lock|Unable to acquire the dpkg/.test(complaint) ? 'locked' : undefined
}
