// Ends what a killed command has left running: npm, builds, servers, browsers. They would keep writing to the tree while the next
// command works in it. Each has the tree in its environment, from the command that held it. Linux only; elsewhere it finds none.

import { readdirSync, readFileSync } from 'node:fs'

/** Must be called only by the process that holds the tree, before it starts anything. @returns How many processes were ended. */
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
    // The process has ended meanwhile.
  }
}
