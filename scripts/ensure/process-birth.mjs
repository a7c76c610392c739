// Tells whether a process still runs and is the one that was meant: process ids are reused, in a container nearly always the same ones.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** When a process started, as a text that stays the same for that process; empty if no process has this id. */
export function birthOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in brackets, may contain anything. A zombie counts as ended.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const started = rest[18]
    return state === 'Z' ? '' : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${started}`
  } catch {
    // Not Linux, or no such process.
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
  }
}

export function isAlive({ pid, birth }) {
  return Number.isInteger(pid) && Boolean(birth) && birthOf(pid) === birth
}
