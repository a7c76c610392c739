// Runs other commands for the scripts, and ends a script whose command fails, with a sentence instead of a stack trace.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const HEARTBEAT = fileURLToPath(new URL('heartbeat.mjs', import.meta.url))

/** Its message is all that a user needs: what happened, what it means, what to do. */
export class Stop extends Error {
  constructor(sentence) {
    super(`[shell-cache] ${sentence}`)
  }
}

/** Runs a command and shows its output. Throws if the command fails. */
export function run(command, args, env = {}) {
  const status = runs(command, args, env)
  if (status !== 0) throw new Stop(`\`${[command, ...args].join(' ')}\` failed (${toReason(status)}): see above.`)
}

/** Runs a command and shows its output. Returns its exit code, or why there is none. */
export function runs(command, args, env = {}) {
  const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  return status ?? signal ?? String(error)
}

/** Like {@link runs}, with a line every half minute that says what it waits for: a silent command looks like one that hangs. */
export function runsSlowly(waitingFor, command, args) {
  return runs(process.execPath, [HEARTBEAT, waitingFor, command, ...args])
}

export const toReason = (status) => (typeof status === 'number' ? `exit code ${status}` : status)
