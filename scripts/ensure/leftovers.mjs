// What a command that was killed has left running: npm, builds, servers, browsers. They would go on writing into a tree in which the
// next command works. Each has the tree in its environment, from the command that held it. On Linux alone; elsewhere none is found.

import { readdirSync, readFileSync } from 'node:fs'

/** Only to be called by what holds the tree, before it has started anything. @returns How many there were. */
export function endLeftovers(variable, tree) {
  const left = readProcesses().filter((pid) => pid !== process.pid && isOf(pid, `${variable}=${tree}`))
  for (const pid of left) end(pid)
  return left.length
}

function readProcesses() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

/** Other users' processes cannot be read, and are not ours. */
function isOf(pid, entry) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry)
  } catch {
    return false
  }
}

function end(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}
