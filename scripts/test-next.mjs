// `npm run test:next [-- version …]`: the suite's main part on other releases of Next, each installed once into `.work/next`. Without a
// version on all of those that next-releases.mjs chooses, and docs/compatibility.md is written. `latest` and `canary` are versions, too.

import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

import { ensureChromium, ensureDependencies, holdTree, run } from './ensure.mjs'
import { chooseReleases, newestCanary } from './next-releases.mjs'
import { APPS, COLUMNS, documentOf, resultsOf, tableOf } from './next-report.mjs'

const REPORT = '.work/e2e.json'
const DOCUMENT = 'docs/compatibility.md'

const named = process.argv.slice(2)
holdTree('npm run test:next')
ensureDependencies()
ensureChromium()
const versions = view('next', 'versions')
const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const all = chooseReleases(versions, /\d+\.\d+\.\d+/.exec(peerDependencies.next)?.[0])
const wanted = named.length === 0 ? all : named.map(exact)
console.log(`Next ${wanted.join(', ')}`)
run('node', ['scripts/build.mjs'])

const rows = []
for (const version of wanted) {
  console.log(`\nNext ${version}`)
  rows.push({ version, results: resultsOf(runOn(version)) })
  console.log(`\n${tableOf(rows)}`)
}
if (named.length === 0) {
  writeFileSync(DOCUMENT, documentOf(rows))
  console.log(`\nWritten to ${DOCUMENT}`)
}
process.exitCode = rows.some(({ results }) => results.some(({ failed }) => failed.length > 0)) ? 1 : 0

/** The report is kept beside the release. */
function runOn(version) {
  rmSync(REPORT, { force: true })
  const files = [...new Set(COLUMNS.map(({ file }) => file))]
  // Firefox and WebKit are the same on each release.
  const args = ['playwright', 'test', '-c', 'e2e/playwright.config.ts', ...files, '--grep-invert', 'firefox|webkit']
  const env = { ...process.env, SHELL_CACHE_NEXT: version, SHELL_CACHE_BUILD: APPS.join(' ') }
  spawnSync('npx', ['--no-install', ...args], { stdio: 'inherit', env })
  if (!existsSync(REPORT)) return undefined
  const folder = `.work/next/${version}`
  mkdirSync(folder, { recursive: true })
  cpSync(REPORT, `${folder}/report.json`)
  return JSON.parse(readFileSync(REPORT, 'utf8'))
}

/** The newest canary is asked for by its version: a mirror of the registry may have no such tag. */
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
