// `node scripts/slowest.mjs [report]`: the thirty slowest browser tests of the last run, as a table in Markdown.

import { readFileSync } from 'node:fs'

const HOW_MANY = 30

const { suites } = JSON.parse(readFileSync(process.argv[2] ?? '.work/reports/e2e.json', 'utf8'))
const rows = suites
  .flatMap((suite) => testsOf(suite, []))
  .toSorted((one, other) => other.seconds - one.seconds)
  .slice(0, HOW_MANY)
console.log('| test | seconds |\n| --- | ---: |')
for (const { name, seconds } of rows) console.log(`| ${name.replaceAll('|', '\\|')} | ${seconds.toFixed(1)} |`)

function testsOf({ title, specs = [], suites: inner = [] }, above) {
  const titles = [...above, title]
  const own = specs.map((spec) => {
    const milliseconds = spec.tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0)
    return { name: [...titles, spec.title].join(' › '), seconds: milliseconds / 1000 }
  })
  return [...own, ...inner.flatMap((suite) => testsOf(suite, titles))]
}
