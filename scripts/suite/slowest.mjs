// `node scripts/suite/slowest.mjs [report]`: the thirty slowest browser tests of the last run, as a table in Markdown.
// `node scripts/suite/slowest.mjs before.json after.json`: those of two runs side by side, and the total of each test file.

import { readFileSync } from 'node:fs'

const HOW_MANY = 30

const [first, second] = process.argv.slice(2).map(readTests)
if (second === undefined)
  print(
    ['test', 'seconds'],
    slowest(first ?? readTests('.work/reports/e2e.json')).map(([name, seconds]) => [name, show(seconds)]),
  )
else {
  const names = [...new Set([...slowest(first), ...slowest(second)].map(([name]) => name))]
  print(
    ['test', 'before', 'after'],
    names.map((name) => [name, show(first.get(name)), show(second.get(name))]),
  )
  const [before, after] = [first, second].map(byFile)
  const files = [...new Set([...before.keys(), ...after.keys()])]
  const inOrder = files.toSorted((one, other) => (before.get(other) ?? 0) - (before.get(one) ?? 0))
  console.log('')
  print(
    ['file', 'before', 'after'],
    [
      ...inOrder.map((file) => [file, show(before.get(file)), show(after.get(file))]),
      ['all', show(sum(first)), show(sum(second))],
    ],
  )
}

/** The seconds of each test, by title. */
function readTests(path) {
  return new Map(JSON.parse(readFileSync(path, 'utf8')).suites.flatMap((suite) => testsOf(suite, [])))
}

function testsOf({ title, specs = [], suites: inner = [] }, above) {
  const titles = [...above, title].filter(Boolean)
  const own = specs.map((spec) => {
    const milliseconds = spec.tests
      .flatMap(({ results }) => results)
      .reduce((total, { duration }) => total + duration, 0)
    return [[...titles, spec.title].join(' › '), milliseconds / 1000]
  })
  return [...own, ...inner.flatMap((suite) => testsOf(suite, titles))]
}

function slowest(tests) {
  return [...tests].toSorted(([, one], [, other]) => other - one).slice(0, HOW_MANY)
}

function byFile(tests) {
  const files = new Map()
  for (const [name, seconds] of tests) {
    const [file] = name.split(' › ')
    files.set(file, (files.get(file) ?? 0) + seconds)
  }
  return files
}

function sum(tests) {
  return [...tests.values()].reduce((total, seconds) => total + seconds, 0)
}

function show(seconds) {
  return seconds === undefined ? '–' : seconds.toFixed(1)
}

function print(heads, rows) {
  console.log(`| ${heads.join(' | ')} |\n| --- |${' ---: |'.repeat(heads.length - 1)}`)
  for (const [name, ...cells] of rows) console.log(`| ${name.replaceAll('|', '\\|')} | ${cells.join(' | ')} |`)
}
