// Judges each mutant of the list and sends the counts to mutate.mjs, whose process it must not be: a Vitest that is started by a
// program leaves NODE_ENV=development and an exit code behind there.

import { readFileSync } from 'node:fs'

import { filesByEnd } from './files.mjs'
import { FRESHNESS } from './freshness.mjs'
import { GATE } from './gate.mjs'
import { Lane } from './lane.mjs'
import { RECORDS } from './records.mjs'
import { REFUSED_WORK } from './refused-work.mjs'
import { WORKER } from './worker.mjs'

/** As many as there are cores that anybody has. */
const LANES = 2

async function countMutants() {
  const mutants = [...GATE, ...FRESHNESS, ...RECORDS, ...REFUSED_WORK, ...WORKER].flatMap(mutantsOf)
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

/** Each test file once, with the tests that any mutant means. They must pass as they are, or every mutant would seem killed. */
function baselines(mutants) {
  const byPath = new Map()
  for (const { tests } of mutants) byPath.set(tests.path, [...(byPath.get(tests.path) ?? []), tests.only])
  return [...byPath].map(([path, only]) => ({ path, only: only.every(Boolean) ? only.join('|') : undefined }))
}

/** One after the other in each lane; the results in the order of `items`. */
async function inLanes(lanes, items, work) {
  const queue = [...items.entries()]
  const results = []
  const drain = async (lane) => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(lane, next[1])
  }
  await Promise.all(lanes.map(drain))
  return results
}

const fileNamed = filesByEnd()

function mutantsOf({ file, test, checks }) {
  const [path, testPath] = [fileNamed(file), fileNamed(test)]
  const text = readFileSync(path, 'utf8')
  return checks.map(([name, find, put, only]) => {
    const times = text.split(find).length - 1
    if (times !== 1)
      throw new Error(`${JSON.stringify(find)} is in ${path} ${times} times: scripts/mutation/ names it wrongly.`)
    return { name, tests: { path: testPath, only }, swap: { path, find, put } }
  })
}

const counts = await countMutants()
process.send?.(counts)
