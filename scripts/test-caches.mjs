// `npm run test:caches [-- handler …]`: tests several servers that share one Redis, with each third-party cache handler
// (e2e/harness/builds/cache-handlers.ts). Keeps each handler's results, and writes docs/shared-caches.md from all that were run.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

import { ensureChromium, ensureDependencies, ensureTestPrograms, holdTree, run } from './ensure.mjs'
import { documentOf, resultsOf, tableOf } from './next/caches-report.mjs'
import { REPORT } from './next/next-report.mjs'
import { measureSlowness } from './suite/calibrate.mjs'

const DOCUMENT = 'docs/shared-caches.md'
const FOLDER = '.work/caches/reports'

holdTree('npm run test:caches')
ensureDependencies()
ensureChromium()
ensureTestPrograms()
const handlers = JSON.parse(readFileSync('e2e/harness/builds/cache-handlers.json', 'utf8'))
const names = Object.keys(handlers)
const named = process.argv.slice(2)
for (const name of named) if (!names.includes(name)) throw new Error(`There is no handler ${name}: ${names.join(', ')}`)
process.env.SHELL_CACHE_SLOWNESS ??= String(await measureSlowness())
run('node', ['scripts/build.mjs'])
mkdirSync(FOLDER, { recursive: true })

const rows = []
for (const name of named.length === 0 ? names : named) {
  console.log(`\n${name}`)
  rows.push(runWith(name))
  console.log(`\n${tableOf(rows)}`)
}
const kept = names.filter((name) => existsSync(rowFile(name)))
writeFileSync(DOCUMENT, documentOf(kept.map((name) => JSON.parse(readFileSync(rowFile(name), 'utf8')))))
console.log(`
Written to ${DOCUMENT}`)
// What a handler cannot do is in the table and is no failure of this package. A run in which no test passed is one.
process.exitCode = rows.some(({ results }) => results.every(({ passed }) => passed === 0)) ? 1 : 0

function runWith(name) {
  rmSync(REPORT, { force: true })
  const args = ['playwright', 'test', '-c', 'e2e/playwright.config.ts', 'hosts/shared', 'hosts/caches']
  const env = { ...process.env, SHELL_CACHE_HANDLER: name, SHELL_CACHE_BUILD: 'fresh-shared fresh-shared-next' }
  spawnSync('npx', ['--no-install', ...args], { stdio: 'inherit', env })
  const report = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : undefined
  const date = new Date().toISOString().slice(0, 10)
  const row = { name, packages: handlers[name], date, node: process.versions.node, results: resultsOf(report) }
  writeFileSync(rowFile(name), JSON.stringify(row))
  return row
}

function rowFile(name) {
  return `${FOLDER}/${name}.json`
}
