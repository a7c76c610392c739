// Reads all mutants from the tables, each with the file that it changes and the test that must notice it.
//
//   must find each file and each text exactly once: if a file is moved or a line rewritten, its row must be changed, too.

import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'

import { FRESHNESS } from './freshness.mjs'
import { GATE } from './gate.mjs'
import { PAGES } from './pages.mjs'
import { RECORDS } from './records.mjs'
import { REFUSED_WORK } from './refused-work.mjs'
import { SPLICE } from './splice.mjs'
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
  return [...GATE, ...FRESHNESS, ...RECORDS, ...PAGES, ...REFUSED_WORK, ...SPLICE, ...WORKER].flatMap(mutantsOf)
}

const FOLDERS = ['protocol', 'seal', 'origin', 'sw']

/** @returns {(end: string) => string} The only file whose path ends so, as an absolute path. */
function filesByEnd() {
  const all = FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, path)))
  return (end) => {
    const found = all.filter((path) => `/${path.split(sep).join('/')}`.endsWith(`/${end}`))
    if (found.length === 1) return resolve(found[0])
    throw new Error(`${found.length} files end in ${end}: the tables of scripts/mutation/ have to name one.`)
  }
}
