// Makes docs/hosts-report.md and its table from the results of one app on each host. Pure.

/** Where a run writes its results (e2e/hosts/playwright.config.ts). */
export const REPORT = '.work/reports/hosts.json'

/** The title of each column, and a pattern for the title of its test. */
export const COLUMNS = [
  { title: 'second visit from the shell, with its holes', test: /second visit/ },
  { title: 'pages and shells offline', test: /without a network/ },
  { title: '`doctor`', test: /doctor/ },
  { title: 'uninstall', test: /uninstall/ },
]

/** @returns For each column, what was noted and what failed. Without a report, each column has one failure. */
export function resultsOf(report) {
  const tests = report ? report.suites.flatMap(testsOf) : []
  return COLUMNS.map(({ test: wanted }) => {
    const own = tests.filter(({ title }) => wanted.test(title))
    const failed = own.filter(({ status }) => status !== 'expected').map(({ error }) => error)
    return { seen: own.flatMap(({ seen }) => seen), failed: own.length === 0 ? ['no test ran'] : failed }
  })
}

function testsOf({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status, annotations = [], results = [] }) => ({
      title,
      status,
      seen: annotations.filter(({ type }) => type === 'seen').map(({ description }) => description),
      error: firstLine(results[0]?.error?.message ?? status),
    })),
  )
  return [...own, ...suites.flatMap(testsOf)]
}

function firstLine(text) {
  // oxlint-disable-next-line eslint/no-control-regex -- Playwright colours what it says
  return text.replace(/\u001B\[\d+m/g, '').split('\n', 1)[0]
}

export function tableOf(rows) {
  const head = ['host', ...COLUMNS.map(({ title }) => title), 'with', 'run on']
  const cells = rows.map(({ title, results, versions = {}, date = '' }) => [
    title,
    ...COLUMNS.map((_, at) => (results ? cellOf(results[at]) : 'not run')),
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    date,
  ])
  const widths = head.map((_, at) => Math.max(...[head, ...cells].map((row) => row[at].length)))
  const line = (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

/** If `doctor` reports a failure, the cell names it. */
function cellOf({ seen, failed }) {
  if (failed.length > 0) return 'no'
  const verdicts = seen.flatMap((text) => [...text.matchAll(/(?<=^|\. )fail (.+?):/g)].map(([, check]) => check))
  return verdicts.length === 0 ? 'yes' : `fails: ${verdicts.join(', ')}`
}

/** Tried by hand; the command runs nothing of it. */
const CLOUDFLARE = `OpenNext for Cloudflare is not among them. It builds the app (\`@opennextjs/cloudflare\` 1.20.17, Next 16.4.6, 2026-11-30), and
\`workerd\` 1.20261117.1 serves what it built on this machine by \`wrangler\` 4.164.0, which needs Node 22: \`/sw.js\` and our other files are
there. But it cancels the request for every page, "because it detected that your Worker's code had hung", with this package and without it.`

export function documentOf(rows) {
  const failures = rows.flatMap(({ title, results = [], stopped }) => [
    ...(stopped === undefined ? [] : [`- ${title} could not be built: ${firstLine(stopped)}`]),
    ...results.flatMap(({ failed }, at) => failed.map((error) => `- ${title}, ${COLUMNS[at].title}: ${error}`)),
  ])
  const seen = rows.flatMap(({ title, results = [] }) =>
    results.flatMap(({ seen: texts }, at) => texts.map((text) => `- ${title}, ${COLUMNS[at].title}: ${text}`)),
  )
  return `# Hosts, as they were run

\`npm run test:hosts\` writes this page. One app (that of create-next-app with the README's steps, and a page for each item) is built and
served by each host's own tools, from the npm registry, on one machine. A real Chromium visits it. Nothing is deployed.
The package has its one line in the config, \`withShellCache(config)\`, and no option. Where our origin cannot run, \`doctor\` says that
\`resume\` fails, and what to write instead: \`transport: 'prefix'\`.
[Hosting](hosting.md) says what to write for each host, and what you get.

${tableOf(rows)}
${failures.length === 0 ? '' : `\nWhat fails:\n\n${failures.join('\n')}\n`}
${CLOUDFLARE}

What was seen: which requests a second visit took, and what \`doctor\` says beside what passes. With \`resumed\`
only the holes were sent; without it, the page came whole behind its shell. A second \`GET\` is the one reload of a document that did not
begin with the stored shell.

${seen.join('\n')}
`
}
