// Makes docs/compatibility.md and its table from the results of the suite's main part on each Next. Pure.

/** Where a run writes its results (e2e/playwright.config.ts). */
export const REPORT = '.work/reports/e2e.json'

/** The main part: the title of each column, and its tests by file and title. What is the same on every Next is not in it. */
export const COLUMNS = [
  {
    title: 'pages from shells',
    file: 'builds/next-versions',
    tests: /opens every kind|opens them by preload|again and again/,
  },
  { title: 'offline page with holes alive', file: 'builds/next-versions', tests: /keeps .* alive/ },
  { title: 'visits', file: 'pages/visit', tests: /first visit|hydrates pages|fully static/ },
  { title: 'holes', file: 'pages/holes', tests: /shows|hands|renders|runs|moves/ },
  { title: 'offline, links', file: 'no-network/offline.spec', tests: /chromium.*(?:opens, reloads|follows links)/ },
  {
    title: 'freshness',
    file: 'changes/freshness',
    tests: /revalidated at once on \/$|its own record|set a cookie|navigation to \/,/,
  },
  {
    title: 'guarded pages',
    file: 'security/gated',
    tests: /shows a member|stored shell and then|once the proxy|follows|past the proxy/,
  },
  {
    title: 'the gate',
    file: 'security/gate.spec',
    tests: /every row|rows are|only Next|not there|no POST|draft|stranger/,
  },
]

/** The tests of all columns. Playwright names a test by the path of its file and its titles, separated by spaces. */
export const MAIN_PART = new RegExp(COLUMNS.map(({ file, tests }) => `${file}.*(?:${tests.source})`).join('|'))

/** The apps that those tests visit. */
export const APPS = ['named', 'shop', 'proxied', 'fresh']

/** @returns For each column, how many tests passed and the titles of those that failed. Without a report, each has one failure. */
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

/** @param rows - In the order of versions: `{ version, date, seconds, results }`. */
export function tableOf(rows) {
  const head = ['Next', ...COLUMNS.map(({ title }) => title), 'run on', 'minutes']
  const cells = rows.map(({ version, date, seconds, results }) => [
    version,
    ...results.map(cellOf),
    date,
    (seconds / 60).toFixed(1),
  ])
  const widths = head.map((_, at) => Math.max(...[head, ...cells].map((row) => row[at].length)))
  const line = (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

function cellOf({ passed, failed }) {
  return failed.length === 0 ? `yes (${passed})` : `no (${failed.length} of ${passed + failed.length} fail)`
}

/** @param lowest - The lowest version that package.json supports. */
export function documentOf(rows, lowest) {
  const failures = rows.flatMap(({ version, results }) =>
    results.flatMap(({ failed }, at) => failed.map((title) => `- Next ${version}, ${COLUMNS[at].title}: ${title}`)),
  )
  return `# Releases of Next

next-shell-cache needs Next ${lowest} or later. On an older release, Next 15 too, the build says so in one sentence and goes on without
the shell cache. npm refuses to install the package beside one, by its peer dependency.

\`npm run test:next\` writes this page. It builds the suite's apps on the lowest supported release, on the first of each minor after it,
on the newest, and on the newest canary, and visits them in Chromium. In brackets: how many tests. Minutes are those of one run:
install, four builds, tests.

${tableOf(rows)}
${failures.length === 0 ? '' : `\nWhat fails:\n\n${failures.join('\n')}\n`}
What the package uses of Next beyond its documented interfaces, and what happens where it is not there, is in
[the list of internals](discoveries/next-internals.md).
`
}
