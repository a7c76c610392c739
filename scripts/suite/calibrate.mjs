// Measures how slow this machine is right now, as a factor for every timeout of the suite. Two parallel Node processes do what the suite
// does most: start, and compute. Under other load they take longer, and so will the tests.

import { spawn } from 'node:child_process'
import { once } from 'node:events'

const WORK = `
  const { createHash } = require('node:crypto')
  let text = ''
  for (let round = 0; round < 40; round++) text = createHash('sha256').update(text + 'x'.repeat(1_000_000)).digest('hex')
`

/** How long the two took on two quiet cores in November 2026. */
const QUIET_MS = 400

const MOST = 12

/** 1 on a quiet machine, more on a slow or a busy one. */
export async function measureSlowness() {
  const started = performance.now()
  await Promise.all([0, 1].map(() => once(spawn(process.execPath, ['-e', WORK], { stdio: 'ignore' }), 'exit')))
  const factor = (performance.now() - started) / QUIET_MS
  return Math.min(MOST, Math.max(1, Math.round(factor * 10) / 10))
}
