// Judges each mutant of the list and sends the counts to mutate.mjs. It must run in a process of its own: a Vitest that is started by
// a program leaves NODE_ENV=development and an exit code in the process.

import { Lane } from './lane.mjs'
import { scoreByFolder } from './score.mjs'
import { readMutants } from './tables.mjs'

/** Every machine has at least two cores. */
const LANES = 2

async function countMutants() {
  const mutants = readMutants()
  const lanes = await Promise.all(Array.from({ length: LANES }, () => Lane.open()))
  try {
    const broken = await inLanes(lanes, baselines(mutants), async (lane, tests) => {
      const outcome = await lane.outcome(tests)
      if (outcome.kind === 'survived') return []
      return [`${tests.path} while nothing is taken away: ${outcome.kind === 'broken' ? outcome.why : 'a test fails'}`]
    })
    for (const line of broken.flat()) console.log(`✗ ${line}`)
    if (broken.flat().length > 0) return { passed: 0, failed: mutants.length, skipped: 0 }
    const killed = await inLanes(lanes, mutants, judged)
    const results = mutants.map(({ swap }, at) => ({ path: swap.path, isKilled: killed[at] }))
    for (const score of scoreByFolder(results, process.cwd()))
      console.log(`${score.folder}: ${score.killed} of ${score.all} killed`)
    const passed = killed.filter(Boolean).length
    return { passed, failed: mutants.length - passed, skipped: 0 }
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()))
  }
}

async function judged(lane, { name, tests, swap }) {
  const outcome = await lane.outcome(tests, swap)
  const isKilled = outcome.kind === 'killed'
  console.log(`${isKilled ? '✓' : '✗'} a test misses ${name}`)
  if (!isKilled)
    console.log(`  ${tests.path}: ${outcome.kind === 'broken' ? outcome.why : 'every test passes without it'}`)
  return isKilled
}

/** Each test file once, with all tests that its mutants use. They must pass without a mutant, or every mutant would seem killed. */
function baselines(mutants) {
  const byPath = new Map()
  for (const { tests } of mutants) byPath.set(tests.path, [...(byPath.get(tests.path) ?? []), tests.only])
  return [...byPath].map(([path, only]) => ({ path, only: only.every(Boolean) ? only.join('|') : undefined }))
}

/** Works through the items, one at a time in each lane. Returns the results in the order of `items`. */
async function inLanes(lanes, items, work) {
  const queue = [...items.entries()]
  const results = []
  const drain = async (lane) => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(lane, next[1])
  }
  await Promise.all(lanes.map(drain))
  return results
}

const counts = await countMutants()
process.send?.(counts)
