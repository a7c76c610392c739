// Which ports this machine's runs have taken for themselves: a file a port, in a folder that all clones of one user share. A server
// takes seconds until it listens, and until then nothing else tells another run that its port is taken.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

import { birthOf, isAlive } from '../../../scripts/ensure/process-birth.mjs'

export type Reservations = {
  /** True where the port is this process's from now on, until it ends. */
  readonly reserve: (port: number) => boolean
}

export const SHARED: string = join(tmpdir(), `shell-cache-ports-${userInfo().uid}`)

/** Removes what runs have left that were killed. */
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

/** A file that cannot be read yet is being written. */
function isHeld(file: string): boolean {
  try {
    return isAlive(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return true
  }
}
