// `npm test`: every check, starting from a clean clone, except what e2e/parts.ts leaves to longer commands. `npm test -- --fast`: types,
// lint, unit tests and the most important browser tests, in about two minutes on two cores. The last line has the totals.

import { mkdirSync, rmSync } from 'node:fs'

import { measureSlowness } from './suite/calibrate.mjs'
import { ownCounts, playwrightCounts, vitestCounts } from './suite/counts.mjs'
import { ensureChromium, ensureDependencies, ensureTestPrograms, holdTree, run } from './ensure.mjs'
import { createClock, runLanes } from './suite/phases.mjs'

const isFast = process.argv.includes('--fast')

const REPORTS = '.work/reports'
const report = (name) => `${REPORTS}/${name}.json`
const node = process.execPath
const npx = (...command) => ['npx', '--no-install', ...command]

const checks = {
  name: 'types, lint, format, unused code, package',
  command: [
    node,
    'scripts/suite/counted.mjs',
    'scripts/check.mjs',
    isFast ? 'runFastChecks' : 'runChecks',
    report('checks'),
  ],
  seconds: isFast ? 12 : 35,
  again: 'npm run check',
  count: () => ownCounts(report('checks')),
}
const units = {
  name: 'unit tests',
  command: npx('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report('unit')}`),
  seconds: 45,
  again: 'npm run test:unit',
  count: () => vitestCounts(report('unit')),
}
const mutants = {
  name: 'mutants',
  command: [node, 'scripts/suite/counted.mjs', 'scripts/mutate.mjs', 'runMutants', report('mutants')],
  seconds: 40,
  again: 'node scripts/mutate.mjs',
  count: () => ownCounts(report('mutants')),
}
const apps = {
  name: 'apps built by Next',
  command: [node, 'scripts/build-apps.mjs', ...(isFast ? ['shop'] : [])],
  seconds: isFast ? 12 : 150,
  again: 'node scripts/build-apps.mjs',
}
const browser = {
  name: 'browser tests',
  command: npx('playwright', 'test', '-c', 'e2e/playwright.config.ts', ...(isFast ? ['pages/visit.spec'] : [])),
  env: { SHELL_CACHE_KEEP_BUILDS: '1', SHELL_CACHE_PART: 'test' },
  seconds: isFast ? 15 : 330,
  again: 'npm run test:e2e',
  isShown: true,
  count: () => playwrightCounts(report('e2e')),
}

// Builds sometimes wait for the disk or for a single thread; checks fill the gaps.
const phases = isFast
  ? [
      [
        [checks, units],
        [apps, browser],
      ],
    ]
  : [[[checks, units, mutants], [apps]], [[browser]]]

holdTree('npm test')
ensureDependencies()
ensureChromium()
ensureTestPrograms()
rmSync(REPORTS, { recursive: true, force: true })
mkdirSync(REPORTS, { recursive: true })
const slowness = (process.env.SHELL_CACHE_SLOWNESS ??= String(await measureSlowness()))
console.log(
  slowness === '1'
    ? 'a quiet machine'
    : `this machine is ${slowness} times slower than a quiet one; so are the timeouts`,
)
run('node', ['scripts/build.mjs'])

const clock = createClock(phases.flat(2).reduce((total, { seconds }) => total + seconds, 0))
const counts = []
for (const lanes of phases) counts.push(...(await runLanes(lanes, clock)))
const sum = (name) => counts.reduce((total, count) => total + count[name], 0)
console.log(
  `\n${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`,
)
process.exitCode = sum('failed') === 0 ? 0 : 1
