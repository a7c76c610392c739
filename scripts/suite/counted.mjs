// Runs one of the project's own checkers in a separate process and writes its counts to a file:
// `node scripts/suite/counted.mjs scripts/check.mjs runChecks .work/checks.json`.

import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [file, start, report] = process.argv.slice(2)
const { [start]: run } = await import(pathToFileURL(resolve(file)).href)
const counts = await run()
writeFileSync(report, JSON.stringify(counts))
process.exitCode = counts.failed === 0 ? 0 : 1
