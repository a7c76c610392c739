// Packages of Debian and its kin, by apt-get, as root. Others may be at it at the same time, in another clone or by hand, and an
// earlier run may have been killed in the middle.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { Stop } from './run.mjs'

export function canUseApt() {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
}

/** Those of the names that this release has: apt-get installs none where it does not know one. */
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
    // Its own lock file can only be tried.
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
 * What passes, or can be put right, by what apt-get has printed.
 *
 * @returns {'locked' | 'interrupted' | undefined}
 */
export function troubleOf(complaint) {
  if (/dpkg was interrupted/.test(complaint)) return 'interrupted'
  return /Could not get lock|Unable to lock|Unable to acquire the dpkg/.test(complaint) ? 'locked' : undefined
}
