// `npm run test:hosts [-- name …]`: tests one app on the hosts of e2e/hosts/hosts.ts, each built and served as its users do, in a real
// Chromium. Everything comes from the npm registry and is installed into `.work/hosts`, where each host's results are kept, too.
// docs/hosts-report.md is written from all kept results, with the day of each row. Nothing is deployed, and only the registry is contacted.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

import { runnerImport } from 'vite'

import { ensureChromium, ensureDependencies, holdTree, run } from './ensure.mjs'
import { documentOf, REPORT, resultsOf, tableOf } from './hosts/hosts-report.mjs'
import { measureSlowness } from './suite/calibrate.mjs'

const DOCUMENT = 'docs/hosts-report.md'

holdTree('npm run test:hosts')
ensureDependencies()
ensureChromium()
process.env.SHELL_CACHE_SLOWNESS ??= String(await measureSlowness())
run('node', ['scripts/build.mjs'])
// Node 20 cannot run TypeScript; Vite can, and is a dependency already.
const asTypeScript = { logLevel: 'warn', oxc: { target: 'node20' } }
const { module: hosts } = await runnerImport('./e2e/hosts/hosts.ts', asTypeScript)
const { module: builds } = await runnerImport('./e2e/hosts/build-host.ts', asTypeScript)

const all = Object.keys(hosts.HOSTS)
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) throw new Error(`There is no host ${unknown.join(', ')}. There are ${all.join(', ')}.`)

const base = await builds.makeBase()
const rows = []
for (const name of wanted) {
  console.log(`\n${name}`)
  const row = await runOn(name, hosts.HOSTS[name])
  writeFileSync(rowFile(name), JSON.stringify(row))
  rows.push(row)
  console.log(`\n${tableOf(rows)}`)
  writeDocument()
}
process.exitCode = rows.every(({ results }) => results?.every(({ failed }) => failed.length === 0)) ? 0 : 1

/** A host that cannot be built also gets a row, which says what stopped it. */
async function runOn(name, host) {
  const date = new Date().toISOString().slice(0, 10)
  const row = { name, title: host.title, date }
  try {
    row.versions = await builds.layOutHost(name, host, base)
    await builds.buildHost(name, host)
  } catch (error) {
    console.error(error)
    return { ...row, stopped: String(error.stderr || error.message || error).trim() }
  }
  rmSync(REPORT, { force: true })
  const env = { ...process.env, SHELL_CACHE_HOST: name }
  spawnSync('npx', ['--no-install', 'playwright', 'test', '-c', 'e2e/hosts/playwright.config.ts'], {
    stdio: 'inherit',
    env,
  })
  if (existsSync(REPORT)) cpSync(REPORT, `.work/hosts/${name}/report.json`)
  const report = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : undefined
  return { ...row, results: resultsOf(report) }
}

/** A host that was never run also gets a row. */
function writeDocument() {
  const kept = all.map((name) =>
    existsSync(rowFile(name)) ? JSON.parse(readFileSync(rowFile(name), 'utf8')) : { title: hosts.HOSTS[name].title },
  )
  writeFileSync(DOCUMENT, documentOf(kept))
  console.log(`\nWritten to ${DOCUMENT}`)
}

function rowFile(name) {
  return `.work/hosts/${name}/row.json`
}
