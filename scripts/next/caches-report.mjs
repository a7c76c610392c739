// Makes docs/shared-caches.md and its table from the results of the suite's multi-server tests with each cache handler. Pure.

/** @typedef {{ name: string, packages: Record<string, string>, date: string, node: string, results: { passed: number, failed: string[] }[] }} Row */

/** The title of each column, and a pattern for the titles of its tests. */
export const COLUMNS = [
  { title: 'Next alone: revalidated on one, shown by the other', tests: /shows without a worker/ },
  { title: 'the same through shells', tests: /brings what one server has revalidated/ },
  { title: 'records agree: resumed by either, by digest alone', tests: /by its digest alone/ },
  { title: 'a server that was started since', tests: /before the server was started/ },
  { title: 'one server dies', tests: /stands on its ladder/ },
  { title: 'two builds share the cache', tests: /while two builds share/ },
]

/** @returns For each column, how many tests passed and the titles of those that failed. Without a report, each has one failure. */
export function resultsOf(report) {
  const tests = report ? report.suites.flatMap(testsOf) : []
  return COLUMNS.map(({ tests: wanted }) => {
    const own = tests.filter(({ title, status }) => wanted.test(title) && status !== 'skipped')
    const failed = own.filter(({ status }) => status !== 'expected').map(({ title }) => title)
    return { passed: own.length - failed.length, failed: own.length === 0 ? ['no test ran'] : failed }
  })
}

function testsOf({ specs = [], suites = [] }) {
  return [
    ...specs.flatMap(({ title, tests }) => tests.map(({ status }) => ({ title, status }))),
    ...suites.flatMap(testsOf),
  ]
}

/** @param {readonly Row[]} rows */
export function tableOf(rows) {
  const head = ['handler', ...COLUMNS.map(({ title }) => title), 'run on']
  const cells = rows.map(({ packages, results, date, node }) => [
    Object.entries(packages)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ') || 'this suite’s own',
    ...results.map(({ passed, failed }) =>
      failed.length === 0 ? 'yes' : `no (${failed.length} of ${passed + failed.length} fail)`,
    ),
    `${date}, Node ${node}`,
  ])
  const widths = head.map((_, at) => Math.max(...[head, ...cells].map((row) => row[at].length)))
  const line = (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

/** @param {readonly Row[]} rows */
export function documentOf(rows) {
  const failures = rows.flatMap(({ name, results }) =>
    results.flatMap(({ failed }) => failed.map((title) => `- ${name}: ${title}`)),
  )
  return `# Shared caches

\`npm run test:caches\` writes this page. It builds one app with each cache handler, set up as the handler's own documents say, and starts two
servers of it with one real Redis and nginx before them. One server revalidates, a real Chromium talks to the other.

${tableOf(rows)}
${failures.length === 0 ? '' : `\nWhat fails:\n\n${failures.join('\n')}\n`}
[Several servers](hosting.md#several-servers) says why, and what to choose.
`
}
