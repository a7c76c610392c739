// Runs the steps of a test run: one after another in each lane, the lanes in parallel. The output of a step goes to a file and is shown
// if the step fails, so that the output of parallel steps stays readable.

import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'

const LOGS = '.work/logs'

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{
 *   name: string,
 *   command: readonly string[],
 *   seconds: number,
 *   again: string,
 *   env?: Record<string, string>,
 *   isShown?: boolean,
 *   count?: () => Counts,
 * }} Step - `seconds`: its duration on two quiet cores, for the estimate. `again`: the command that runs it alone.
 */

/** Lanes run in parallel, the steps of a lane one after the other. Every step is run, even after one has failed. */
export async function runLanes(lanes, clock) {
  const ended = await Promise.all(lanes.map((steps) => runLane(steps, clock)))
  return ended.flat()
}

async function runLane(steps, clock) {
  const counts = []
  for (const step of steps) counts.push(await runStep(step, clock))
  return counts
}

/** @param {Step} step */
async function runStep({ name, command, env = {}, again, count, isShown = false, seconds }, clock) {
  const started = performance.now()
  mkdirSync(LOGS, { recursive: true })
  const file = join(LOGS, `${name.replaceAll(/\W+/g, '-')}.log`)
  const log = createWriteStream(file)
  const [program, ...args] = command
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      log.write(chunk)
      if (isShown) process.stdout.write(chunk)
    })
  const status = await endOf(child)
  log.end()
  clock.done(seconds)
  const counts = countsOf(status, count)
  const took = `${((performance.now() - started) / 1000).toFixed(0)} s`
  if (counts.failed === 0) {
    console.log(`✓ ${name}: ${counts.passed} passed, ${took}${clock.left()}`)
    return counts
  }
  if (!isShown) console.log(readFileSync(file, 'utf8'))
  console.log(`✗ ${name}: ${counts.failed} failed, ${took}\n  run it again: ${again}\n  all that it printed: ${file}`)
  return counts
}

/** A program that cannot be started has failed, like one that exits with an error. */
async function endOf(child) {
  try {
    const [status] = await once(child, 'close')
    return status
  } catch (error) {
    console.log(String(error))
    return 1
  }
}

/** A runner may fail although none of its tests did: if it cannot end something. A step without tests is one check. */
function countsOf(status, count) {
  const counts = count?.() ?? { passed: status === 0 ? 1 : 0, failed: 0, skipped: 0 }
  return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/** Estimates the remaining time from each step's duration on a quiet machine, and from the speed of this machine so far. */
export function createClock(totalSeconds) {
  const started = performance.now()
  let passed = 0
  return {
    done: (seconds) => void (passed += seconds),
    left() {
      const elapsed = (performance.now() - started) / 1000
      const left = passed === 0 ? totalSeconds : (elapsed / passed) * (totalSeconds - passed)
      return left < 5 ? '' : `; about ${left < 90 ? `${Math.round(left)} s` : `${Math.round(left / 60)} min`} left`
    },
  }
}
