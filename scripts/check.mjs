// `npm run check`: all static checks. Each line below is one check.

import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const CHECKS = [
  ['types of the entries', 'tsc', '-b'],
  ...['protocol', 'sw', 'client', 'seal', 'origin', 'adapter-plugin', 'cli', 'playwright', 'docs', 'scripts'].map(
    (folder) => [`types of ${folder}'s tests`, 'tsc', '-p', `${folder}/tsconfig.test.json`],
  ),
  ['types of e2e', 'tsc', '-p', 'e2e/tsconfig.json'],
  ['types of the apps', 'tsc', '-p', 'e2e/apps/tsconfig.json'],
  ['types of bench', 'tsc', '-p', 'bench/tsconfig.json'],
  ...['bench', 'e2e', 'examples'].map((folder) => [
    `types of the workers of ${folder}`,
    'tsc',
    '-p',
    `${folder}/workers/tsconfig.json`,
  ]),
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'oxfmt', '--check', '.'],
  ['nothing unused', 'knip'],
  ['package', 'publint', '--strict'],
  // ESM only: Node 20.19 and Next can also `require` it, and TypeScript's oldest resolution (node10) has no subpath exports.
  ['its types', 'attw', '--pack', '.', '--profile', 'esm-only', '--no-definitely-typed', '--format', 'ascii'],
  ['API reference', 'node', 'scripts/api-reference/generate.mjs', '--check'],
]

/** The checks that find most mistakes in the least time. `npm run build` has already checked the types of the entries. */
const FAST = new Set(['lint', 'format', "types of sw's tests", "types of origin's tests", 'types of e2e'])

/** Runs every check, even after one has failed. */
export function runChecks() {
  return runAll(CHECKS)
}

export function runFastChecks() {
  return runAll(CHECKS.filter(([name]) => FAST.has(name)))
}

function runAll(checks) {
  const failed = checks.filter(([name, command, ...args]) => {
    const { status, stdout, stderr } = spawnSync('npx', ['--no-install', command, ...args], { encoding: 'utf8' })
    console.log(`${status === 0 ? '✓' : '✗'} ${name}`)
    if (status !== 0) console.log(stdout + stderr)
    return status !== 0
  })
  return { passed: checks.length - failed.length, failed: failed.length, skipped: 0 }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = runChecks().failed === 0 ? 0 : 1
