// `npm test`: every check there is, the cheapest first, from a clean clone on. The last line counts them all.

import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'

import { playwrightCounts, vitestCounts } from './counts.mjs'
import { ensureChromium, ensureDependencies, ensureTestPrograms, holdTree, run } from './ensure.mjs'

const UNIT_REPORT = '.work/unit.json'
const E2E_REPORT = '.work/e2e.json'

holdTree('npm test')
ensureDependencies()
ensureChromium()
ensureTestPrograms()
run('node', ['scripts/build.mjs'])
const { runChecks } = await import('./check.mjs')
const { runMutants } = await import('./mutate.mjs')
for (const report of [UNIT_REPORT, E2E_REPORT]) rmSync(report, { force: true })

const checks = runChecks()
const unit = npx('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`)
const mutants = await runMutants()
const e2e = npx('playwright', 'test', '-c', 'e2e/playwright.config.ts')

const counts = [checks, counted(unit, vitestCounts(UNIT_REPORT)), mutants, counted(e2e, playwrightCounts(E2E_REPORT))]
const sum = (name) => counts.reduce((total, count) => total + count[name], 0)
console.log(
  `\n${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`,
)
process.exitCode = sum('failed') === 0 ? 0 : 1

function npx(command, ...args) {
  return spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' }).status
}

/** A runner may fail though none of its tests did: for what nobody caught, or what it could not end. */
function counted(status, count) {
  return status === 0 || count.failed > 0 ? count : { ...count, failed: 1 }
}
