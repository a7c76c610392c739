// `npm run test:next [-- version …]`: runs the suite's main part on other releases of Next, each installed once into `.work/next`.
// Without a version it runs on all releases that next-releases.mjs chooses. `latest` and `canary` are versions, too. Each release's
// results are kept in its folder. When all chosen releases have results, docs/compatibility.md is written, with the day of each row.

import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

import { ensureChromium, ensureDependencies, holdTree, run } from './ensure.mjs'
import { measureSlowness } from './suite/calibrate.mjs'
import { chooseReleases, newestCanary } from './next/next-releases.mjs'
import { APPS, documentOf, MAIN_PART, REPORT, resultsOf, tableOf } from './next/next-report.mjs'

const DOCUMENT = 'docs/compatibility.md'

const named = process.argv.slice(2)
holdTree('npm run test:next')
ensureDependencies()
ensureChromium()
const versions = view('next', 'versions')
const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const lowest = /\d+\.\d+\.\d+/.exec(peerDependencies.next)?.[0]
const all = chooseReleases(versions, lowest)
const wanted = named.length === 0 ? all : named.map(exact)
process.env.SHELL_CACHE_SLOWNESS ??= String(await measureSlowness())
console.log(`Next ${wanted.join(', ')}`)
run('node', ['scripts/build.mjs'])

const rows = []
for (const version of wanted) {
  console.log(`\nNext ${version}`)
  rows.push(runOn(version))
  console.log(`\n${tableOf(rows)}`)
}
writeDocument()
process.exitCode = rows.some(({ results }) => results.some(({ failed }) => failed.length > 0)) ? 1 : 0

/** Keeps the report and its summary in the folder of the release. */
function runOn(version) {
  rmSync(REPORT, { force: true })
  const started = Date.now()
  const args = ['playwright', 'test', '-c', 'e2e/playwright.config.ts', '--grep', MAIN_PART.source]
  const env = { ...process.env, SHELL_CACHE_NEXT: version, SHELL_CACHE_BUILD: APPS.join(' ') }
  spawnSync('npx', ['--no-install', ...args], { stdio: 'inherit', env })
  const report = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : undefined
  const seconds = Math.round((Date.now() - started) / 1000)
  const row = { version, date: new Date(started).toISOString().slice(0, 10), seconds, results: resultsOf(report) }
  const folder = `.work/next/${version}`
  mkdirSync(folder, { recursive: true })
  if (report) cpSync(REPORT, `${folder}/report.json`)
  writeFileSync(rowFile(version), JSON.stringify(row))
  return row
}

function writeDocument() {
  const missing = all.filter((version) => !existsSync(rowFile(version)))
  if (missing.length > 0)
    return console.log(`\n${DOCUMENT} is not written: there is no run on Next ${missing.join(', ')}.`)
  const kept = all.map((version) => JSON.parse(readFileSync(rowFile(version), 'utf8')))
  writeFileSync(DOCUMENT, documentOf(kept, lowest))
  console.log(`\nWritten to ${DOCUMENT}`)
}

function rowFile(version) {
  return `.work/next/${version}/row.json`
}

/** The newest canary is requested by its version: a mirror of the registry may lack the tag. */
function exact(name) {
  if (name === 'canary') return newestCanary(versions)
  if (versions.includes(name)) return name
  const tagged = view('next', 'dist-tags')[name]
  if (!tagged) throw new Error(`The registry has no next@${name}. Name a version, latest or canary.`)
  return tagged
}

function view(what, field) {
  return JSON.parse(execFileSync('npm', ['view', what, field, '--json'], { encoding: 'utf8' }))
}
