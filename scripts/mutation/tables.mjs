// All mutants of the tables, each with the file that it changes and the test that is to miss it.
//
//   must name what is there, exactly once: a file that is moved or a line that is rewritten takes its row along.

import { readFileSync } from 'node:fs'

import { filesByEnd } from './files.mjs'
import { FRESHNESS } from './freshness.mjs'
import { GATE } from './gate.mjs'
import { PAGES } from './pages.mjs'
import { RECORDS } from './records.mjs'
import { REFUSED_WORK } from './refused-work.mjs'
import { WORKER } from './worker.mjs'

/** @typedef {{ name: string, tests: import('./lane.mjs').Tests, swap: import('./lane.mjs').Swap }} Mutant */

/** @returns {Mutant[]} */
export function readMutants() {
  const fileNamed = filesByEnd()
  const mutantsOf = ({ file, test, checks }) => {
    const [path, testPath] = [fileNamed(file), fileNamed(test)]
    const text = readFileSync(path, 'utf8')
    return checks.map(([name, find, put, only]) => {
      const times = text.split(find).length - 1
      if (times !== 1)
        throw new Error(`${JSON.stringify(find)} is in ${path} ${times} times: scripts/mutation/ names it wrongly.`)
      return { name, tests: { path: testPath, only }, swap: { path, find, put } }
    })
  }
  return [...GATE, ...FRESHNESS, ...RECORDS, ...PAGES, ...REFUSED_WORK, ...WORKER].flatMap(mutantsOf)
}
