// `npm run test:next -- <version, latest or canary>`: the specs of the range's ends (e2e/specs/builds/next-versions.spec.ts) on
// another Next of the registry. For a scheduled run, and before the range of package.json or the version of package-lock.json
// changes.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

import { ensureChromium, ensureDependencies, holdTree, run } from './ensure.mjs'

const wanted = process.argv[2] ?? 'latest'

holdTree('npm run test:next')
ensureDependencies()
ensureChromium()
const version = newest(wanted)
const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages['node_modules/next'].version
console.log(
  `next@${wanted} is ${version}${version === locked ? ', which `npm test` runs on' : `; \`npm test\` runs on ${locked}`}`,
)
run('node', ['scripts/build.mjs'])
run(
  'npx',
  ['--no-install', 'playwright', 'test', '-c', 'e2e/playwright.config.ts', 'next-versions', '-g', `on Next ${version}`],
  {
    SHELL_CACHE_NEXT: version,
    SHELL_CACHE_BUILD: 'named',
  },
)

/** The newest canary is asked for by its version: a mirror of the registry may have no such tag. */
function newest(name) {
  if (name !== 'canary') return view(`next@${name}`, 'version')
  return view('next', 'versions').findLast((version) => version.includes('-canary.'))
}

function view(what, field) {
  return JSON.parse(execFileSync('npm', ['view', what, field, '--json'], { encoding: 'utf8' }))
}
