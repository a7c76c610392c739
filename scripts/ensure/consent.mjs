// Decides whether something may be installed on the machine, outside the tree. In CI, or if SHELL_CACHE_INSTALL says so: yes, without a
// question. At a terminal: after a question. Elsewhere: no.

import { closeSync, openSync, readSync } from 'node:fs'

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {boolean} isTerminal
 * @returns {'yes' | 'ask' | 'no'}
 */
export function consentOf(env, isTerminal) {
  const told = env['SHELL_CACHE_INSTALL']
  if (told) return isOn(told) ? 'yes' : 'no'
  if (isOn(env['CI'])) return 'yes'
  return isTerminal ? 'ask' : 'no'
}

const isOn = (value) => Boolean(value) && value !== '0' && value !== 'false'

const isTerminal = () => process.stdin.isTTY && process.stdout.isTTY

/** Whether it may be installed without a question. */
export function isInstallTold() {
  return consentOf(process.env, isTerminal()) === 'yes'
}

/** @param question - Asked only if consent is neither given nor refused. */
export function mayInstall(question) {
  const consent = consentOf(process.env, isTerminal())
  return consent === 'yes' || (consent === 'ask' && isConfirmed(question))
}

function isConfirmed(question) {
  process.stdout.write(`\n[shell-cache] ${question} [y/N] `)
  // Reads the terminal itself: Node may have made standard input non-blocking.
  const terminal = openSync('/dev/tty', 'r')
  const answer = Buffer.alloc(64)
  const length = readSync(terminal, answer)
  closeSync(terminal)
  return /^y(es)?$/i.test(answer.toString('utf8', 0, length).trim())
}
