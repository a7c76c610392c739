// Whether a process still runs, and is the one that was meant: numbers come again, in a container nearly always the same ones.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** When a process began, in words that are the same each time; empty where there is none of that number. */
export function birthOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in brackets, may hold anything. A zombie has ended.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const started = rest[18]
    return state === 'Z' ? '' : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${started}`
  } catch {
    // No Linux, or no such process.
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
  }
}

export function isAlive({ pid, birth }) {
  return Number.isInteger(pid) && Boolean(birth) && birthOf(pid) === birth
}
