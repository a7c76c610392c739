// Reserves ports among all runs on this machine: one file for each port, in a folder that all clones of one user share. A server
// takes seconds until it listens, and until then nothing else tells another run that its port is taken.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

import { birthOf, isAlive } from '../../../scripts/ensure/process-birth.mjs'

export type Reservations = {
  /** True if the port now belongs to this process, until it ends. */
  readonly reserve: (port: number) => boolean
}

export const SHARED: string = join(tmpdir(), `shell-cache-ports-${userInfo().uid}`)

/** First removes the reservations of runs that were killed. */
export function openReservations(folder: string): Reservations {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(folder)) if (!isHeld(join(folder, name))) rmSync(join(folder, name), { force: true })
  const own = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) })
  const held: string[] = []
  process.once('exit', () => {
    for (const file of held) rmSync(file, { force: true })
  })
  return {
    reserve(port) {
      const file = join(folder, String(port))
      try {
        writeFileSync(file, own, { flag: 'wx' })
      } catch {
        return false
      }
      held.push(file)
      return true
    },
  }
}

/** A file that cannot be parsed may still be being written. */
function isHeld(file: string): boolean {
  try {
    return isAlive(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return true
  }
}
