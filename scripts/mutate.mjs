// Removes each check of a hand-picked list in turn and expects a unit test to fail: a check that no test misses proves nothing. Part
// of `npm test`; alone: `node scripts/mutate.mjs`.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath, pathToFileURL } from 'node:url'

const RUN = fileURLToPath(new URL('mutation/run.mjs', import.meta.url))

/** Each mutant that a test kills counts as passed. If the run ends without a result, that is one failure. */
export async function runMutants() {
  const run = fork(RUN)
  let counts = { passed: 0, failed: 1, skipped: 0 }
  run.on('message', (sent) => (counts = sent))
  await once(run, 'exit')
  return counts
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await runMutants()).failed === 0 ? 0 : 1
