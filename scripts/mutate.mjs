// Removes each check of the gate in turn and expects a unit test to fail: a check that no test misses is no check. Part of
// `npm test`; alone: `node scripts/mutate.mjs`.

import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const FOLDER = '.work/mutants'

/** What is removed, where, and what stands there instead. The text must be there exactly once. */
const MUTANTS = [
  ['the method', 'admit.ts', "request.method !== 'POST'", 'false'],
  ['where a request comes from', 'admit.ts', 'isForeign(request.headers)', 'false'],
  [
    'that a navigation is no resume',
    'admit.ts',
    "(mode !== undefined && mode !== 'cors' && mode !== 'same-origin')",
    'false',
  ],
  ['compressed bodies', 'admit.ts', "request.headers['content-encoding'] !== undefined", 'false'],
  ['server actions', 'admit.ts', 'isAction(request.headers)', 'false'],
  ['draft mode and bots', 'admit.ts', ' || isUncached(request.headers, gate)', ''],
  ['a target with a fragment', 'admit.ts', " || request.target.includes('#')", ''],
  ['that the build is equal', 'admit.ts', 'reference.buildId !== gate.buildId', 'false'],
  ['internal headers', 'admit.ts', 'stripHeaders(request.headers)', 'request.headers'],
  ['internal parameters', 'admit.ts', 'stripQuery(request.target)', 'request.target'],
  ['the size of a body', 'read-body.ts', 'size > maxBytes', 'false'],
  ['the declared size of a body', 'read-body.ts', '!(Number(declared) <= limits.bodyBytes)', 'false'],
  ['the number of renders', 'handle.ts', 'load.renders >= app.limits.renders', 'false'],
  ['that the proxy lets it through', 'proxy.ts', 'guarded ? ', 'false ? '],
  ['that the route is served from records', 'route.ts', "route?.mode !== 'instant'", 'route === undefined'],
  ['placeholders as paths', 'route.ts', '|| hasPlaceholder(path)', ''],
  ['the form of the path', 'route.ts', "pathname.endsWith('/') !== trailingSlash", 'false'],
  ['that the record is the path’s', 'unseal.ts', '!keysOf(resolved).includes(key) || ', ''],
  ['that the route is the record’s', 'unseal.ts', ' || route !== resolved.entrypoint.route', ''],
  [
    'that the digest is known',
    'unseal.ts',
    "sealed.length === 0) return new Refused('unknown')",
    "false) return new Refused('unknown')",
  ],
  [
    'that the seal opens',
    'unseal.ts',
    "  return new Refused('seal')\n}\n",
    "  return { state: '', expiresAt: 0, key: '' }\n}\n",
  ],
  ['the age of the state', 'unseal.ts', 'expiresAt !== 0 && now >= expiresAt', 'false'],
  ['the tag of the seal', 'open-seal.ts', ', decipher.final()', ''],
  ['what the seal is bound to', 'open-seal.ts', 'additionalData(binding, expiresAt)', 'Buffer.alloc(0)'],
  ['the size of an inflated state', 'open-seal.ts', '{ maxOutputLength: maxBytes }', '{}'],
  ['the status of a render', 'respond.ts', 'status !== 200 || ', ''],
  ['the type of a render', 'respond.ts', ' || !isHtml(response)', ''],
]

/** Each mutant that a test kills has passed. The copy must pass while nothing is removed, or every mutant would seem killed. */
export function runMutants() {
  if (isKilled('admit.ts', 'isForeign(request.headers)', 'isForeign(request.headers)')) {
    console.log('✗ the tests pass while nothing is removed')
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const survivors = MUTANTS.filter(([name, file, find, replacement]) => {
    const killed = isKilled(file, find, replacement)
    console.log(`${killed ? '✓' : '✗'} a test misses ${name}`)
    return !killed
  })
  rmSync(FOLDER, { recursive: true, force: true })
  return { passed: MUTANTS.length - survivors.length, failed: survivors.length, skipped: 0 }
}

function isKilled(file, find, replacement) {
  rmSync(FOLDER, { recursive: true, force: true })
  for (const name of ['origin', 'protocol', 'tsconfig.base.json']) cpSync(name, join(FOLDER, name), { recursive: true })
  const target = join(FOLDER, 'origin', file)
  const parts = readFileSync(target, 'utf8').split(find)
  if (parts.length !== 2) throw new Error(`${JSON.stringify(find)} is in origin/${file} ${parts.length - 1} times`)
  writeFileSync(target, parts.join(replacement))
  const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', '--bail=1', '--dir', join(FOLDER, 'origin')], {
    env: { ...process.env, SHELL_CACHE_MUTANT: '1' },
  })
  return status !== 0
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = runMutants().failed === 0 ? 0 : 1
