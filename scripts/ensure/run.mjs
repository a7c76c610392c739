// How the scripts run other commands, and how they end where one fails: with a sentence instead of a stack.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const HEARTBEAT = fileURLToPath(new URL('heartbeat.mjs', import.meta.url))

/** Its message is all that a person needs: what happened, what it means, what to do. */
export class Stop extends Error {
  constructor(sentence) {
    super(`[shell-cache] ${sentence}`)
  }
}

/** Runs a command with its output shown. Throws where it fails. */
export function run(command, args, env = {}) {
  const status = runs(command, args, env)
  if (status !== 0) throw new Stop(`\`${[command, ...args].join(' ')}\` failed (${toReason(status)}): see above.`)
}

/** The exit code of a command, its output shown; or why there is none. */
export function runs(command, args, env = {}) {
  const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  return status ?? signal ?? String(error)
}

/** As {@link runs}, with a line every half minute that says what is waited for: a command that says nothing looks like one that hangs. */
export function runsSlowly(waitingFor, command, args) {
  return runs(process.execPath, [HEARTBEAT, waitingFor, command, ...args])
}

export const toReason = (status) => (typeof status === 'number' ? `exit code ${status}` : status)
