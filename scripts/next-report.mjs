// What a run of the suite's main part on each Next says, as the table of docs/compatibility.md. Pure.

/** The main part: what a column is called, and the tests that it is made of, by file and by title. */
export const COLUMNS = [
  { title: 'pages from shells', file: 'builds/next-versions', tests: /opens/ },
  { title: 'offline page with holes alive', file: 'builds/next-versions', tests: /alive/ },
  { title: 'visits', file: 'pages/visit', tests: /./ },
  { title: 'holes', file: 'pages/holes', tests: /./ },
  { title: 'offline', file: 'no-network/offline.spec', tests: /chromium/ },
  { title: 'freshness', file: 'changes/freshness', tests: /./ },
  { title: 'guarded pages', file: 'security/gated', tests: /./ },
  { title: 'the gate', file: 'security/gate.spec', tests: /./ },
]

/** What those tests visit. */
export const APPS = ['named', 'shop', 'shop-next', 'shop-preload', 'proxied', 'fresh']

/** @returns By column, how many tests passed and the titles of those that did not. A report that is missing is one failure. */
export function resultsOf(report) {
  const tests = report ? report.suites.flatMap((suite) => testsOf(suite, '')) : []
  return COLUMNS.map(({ file, tests: wanted }) => {
    const own = tests.filter((test) => test.file.includes(file) && wanted.test(test.title) && test.status !== 'skipped')
    const failed = own.filter(({ status }) => status !== 'expected').map(({ title }) => title)
    return { passed: own.length - failed.length, failed: own.length === 0 ? ['no test ran'] : failed }
  })
}

function testsOf({ file, title, specs = [], suites = [] }, above) {
  const path = title === file ? above : `${above}${title} › `
  return [
    ...specs.flatMap((spec) => spec.tests.map(({ status }) => ({ file: spec.file, title: path + spec.title, status }))),
    ...suites.flatMap((suite) => testsOf(suite, path)),
  ]
}

/** @param rows - By version, in order: `{ version, results }`. */
export function tableOf(rows) {
  const head = ['Next', ...COLUMNS.map(({ title }) => title)]
  const cells = rows.map(({ version, results }) => [version, ...results.map(cellOf)])
  const widths = head.map((_, at) => Math.max(...[head, ...cells].map((row) => row[at].length)))
  const line = (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

function cellOf({ passed, failed }) {
  return failed.length === 0 ? `yes (${passed})` : `no (${failed.length} of ${passed + failed.length} fail)`
}

export function documentOf(rows) {
  const failures = rows.flatMap(({ version, results }) =>
    results.flatMap(({ failed }, at) => failed.map((title) => `- Next ${version}, ${COLUMNS[at].title}: ${title}`)),
  )
  return `# Releases of Next

next-shell-cache needs Next 16.2.5 or later. \`npm run test:next\` writes this page: it builds the suite's apps on the lowest supported
release, on the first and the newest of each minor, and on the newest canary, and visits them in Chromium. In brackets: how many tests.

${tableOf(rows)}
${failures.length === 0 ? '' : `\nWhat fails:\n\n${failures.join('\n')}\n`}`
}
