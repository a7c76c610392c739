// Removes each check of the gate in turn and expects a unit test to fail: a check that no test misses is no check. Part of
// `npm test`; alone: `node scripts/mutate.mjs`.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const FOLDER = '.work/mutants'

/** What is removed, where, and what stands there instead. The text must be there exactly once. */
const MUTANTS = [
  ['the method', 'gate/admit.ts', "request.method !== 'POST'", 'false'],
  ['where a request comes from', 'gate/admit.ts', 'isForeign(request.headers)', 'false'],
  [
    'that a navigation is no resume',
    'gate/admit.ts',
    "(mode !== undefined && mode !== 'cors' && mode !== 'same-origin')",
    'false',
  ],
  ['compressed bodies', 'gate/admit.ts', "request.headers['content-encoding'] !== undefined", 'false'],
  ['server actions where the app wants none', 'gate/admit.ts', 'actionBytes !== undefined && ', ''],
  ['server actions', 'gate/admit.ts', 'return isAction || ', 'return '],
  ['that an action has the page’s own record', 'answer/handle.ts', 'opened.isOfTarget(vault.rules) ?', 'true ?'],
  ['that an action’s page can be no other', 'records/unseal.ts', "match?.mode === 'instant' && ", ''],
  ['the length of an action’s state', 'gate/wanted.ts', 'if (stateBytes > body.length) return undefined', ''],
  ['draft mode and bots', 'gate/admit.ts', ' || bypasses(headers)', ''],
  ['the cookie of draft mode', 'gate/bypass.ts', 'isDraft(headers.cookie, token) ||', ''],
  ['the form of the target', 'gate/admit.ts', '!asked || !isPageTarget(request.target)', '!asked'],
  ['placeholders as paths', 'gate/admit.ts', 'isPlaceholder(request.target)', 'false'],
  ['that the build is equal', 'gate/admit.ts', 'asked.buildId !== gate.buildId', 'false'],
  ['internal headers', 'gate/admit.ts', 'stripHeaders(request.headers)', 'request.headers'],
  ['internal parameters', 'gate/admit.ts', 'stripQuery(request.target)', 'request.target'],
  ['the size of a body', 'gate/read-body.ts', 'body.size > bodyBytes', 'false'],
  ['the size of all bodies', 'gate/read-body.ts', 'body.load.bytes > allBodiesBytes', 'false'],
  ['that a body counts no longer than it is read', 'gate/read-body.ts', '    body.forget()\n', ''],
  ['the declared size of a body', 'gate/read-body.ts', '!(Number(declared) <= limits.bodyBytes)', 'false'],
  ['the number of renders', 'answer/handle.ts', 'load.renders >= app.limits.renders', 'false'],
  [
    'that the proxy and the router lead to the page',
    'answer/respond.ts',
    'if (announced && status === 200 && isHtml(response)) {\n    announce(response, announced)\n',
    'if (status === 200 && isHtml(response)) {\n    if (announced) announce(response, announced)\n',
  ],
  ['that nothing else of Next gets out', 'answer/respond.ts', 'passes(status) ?', 'true ?'],
  ['that a handler’s path is no page’s', 'gate/admit.ts', 'gate.canNeverBePage(request.target)', 'false'],
  ['that a rule may lead past a handler', 'next/route.ts', ' && final.has(match.pattern)', ''],
  [
    'that Next hears of a refused answer',
    'answer/respond.ts',
    '  tellClientGone(response)\n  return false\n',
    '  return false\n',
  ],
  [
    'that Next hears of a refused page',
    'answer/respond.ts',
    'sendRefusal(response, refused)\n      tellClientGone(response)',
    'sendRefusal(response, refused)',
  ],
  [
    'that a refused answer takes no more',
    'answer/respond.ts',
    'passes(response.statusCode) &&',
    '!passes(response.statusCode) ||',
  ],
  [
    'that an answered response was not Next’s',
    'answer/client-gone.ts',
    "'writableFinished', { value: false }",
    "'x', {}",
  ],
  ['that a client that has gone is heard of out of turn', 'answer/client-gone.ts', "response.emit('close')", ''],
  ['that a connection closes for those that wait, too', 'answer/client-gone.ts', 'all.add(tell)', ''],
  [
    'that a render ends at the deadline',
    'answer/place.ts',
    'setTimeout(giveUp, deadline)',
    'setTimeout(() => {}, deadline)',
  ],
  ['that a place is free when the render has ended', 'answer/place.ts', '  freeAtEnd(response)\n', ''],
  ['that a place is free when a record is sent', 'answer/respond.ts', '  freePlace(response)\n}', '}'],
  ['that the page is there', 'next/route.ts', "if (page.status === 404) return new Refused('absent')", ''],
  ['the status of the page', 'next/route.ts', 'page.status === 200 && ', ''],
  ['that the route is served from records', 'next/route.ts', " && match.mode !== 'off'", ''],
  ['that a digest without a state is the page’s own', 'records/confirm.ts', 'current === digest ?', 'true ?'],
  [
    'that a record of a guarded page has no visitor’s headers',
    'answer/serve-record.ts',
    "mode === 'instant' ?",
    'true ?',
  ],
  ['the cookies on a record', 'records/make-record.ts', "'set-cookie', ", ''],
  ['that the record is the path’s', 'records/confirm.ts', ' || (key !== page.path && key !== entry.pattern)', ''],
  ['that the route is the record’s', 'records/confirm.ts', 'route !== page.route || ', ''],
  ['that a whole document is the current one', 'records/confirm.ts', 'return current !== digest', 'return false'],
  ['that a record handed out is of the route', 'answer/serve-record.ts', 'found?.route === page.route', 'found'],
  [
    'that the seal opens',
    'records/unseal.ts',
    "  return new Refused('seal')\n}\n",
    "  return { key: path, route, state: '', expiresAt: 0 }\n}\n",
  ],
  ['the age of the state', 'records/unseal.ts', 'return expiresAt !== 0 && now >= expiresAt', 'return false'],
  ['the tag of the seal', '../seal/seal.ts', ', decipher.final()', ''],
  [
    'what the seal is bound to',
    '../protocol/seal-format.ts',
    'expiresAt, buildId, key, route, digest])',
    'expiresAt])',
  ],
  ['the size of an inflated state', '../seal/seal.ts', '{ maxOutputLength: maxBytes }', '{}'],
  ['that a preload is of this build', 'answer/preload.ts', 'news?.buildId !== gate.buildId || ', '!news || '],
  ['draft mode in a preload', 'answer/preload.ts', ' || gate.bypasses(incoming.headers)', ''],
  ['that a preload is no reload', 'answer/preload.ts', "headers['cache-control'] === undefined", 'true'],
  ['that a preload is a page’s', 'answer/preload.ts', "headers['sec-fetch-dest'] === 'document'", 'true'],
  [
    'that the browser has the shell',
    'records/shown.ts',
    'if (shown.start === startOf(current)) return',
    'if (true) return',
  ],
  ['that the browser has all of the build', 'records/shown.ts', ' || (!shown && !hasAll)', ''],
  [
    'that a whole document is not shortened',
    'records/confirm.ts',
    'isRefused(entry) || page.postponedState === undefined) return',
    'isRefused(entry)) return',
  ],
  ['that a browser shows what it hides', 'records/shown.ts', "shown?.kind === 'hidden' || ", ''],
  [
    'that a guarded page was given to the browser',
    'records/confirm.ts',
    "entry.mode === 'instant' ? vault",
    'true ? vault',
  ],
  ['the status of a render', 'answer/respond.ts', 'announced && status === 200', 'announced'],
  ['the type of a render', 'answer/respond.ts', ' && isHtml(response)) {', ') {'],
  ['that a broken render is cut', 'next/pipe-rest.ts', 'response.destroy()', ''],
  [
    'that a slow client is waited for',
    'next/pipe-rest.ts',
    ' && !this.#write(bytes)) await',
    ' && this.#write(bytes) === undefined) await',
  ],
]

const VITEST = join('node_modules', 'vitest', 'vitest.mjs')

/** Tests wait for sockets and timers more than they compute: two runs at once take little longer than one. */
const AT_ONCE = 2

/** Each mutant that a test kills has passed. The copy must pass while nothing is removed, or every mutant would seem killed. */
export async function runMutants() {
  if (await isKilled('gate/admit.ts', 'isForeign(request.headers)', 'isForeign(request.headers)', 0, 'inherit')) {
    console.log('✗ the tests, which are above, pass while nothing is removed')
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const queue = [...MUTANTS]
  let survivors = 0
  const drain = async (_none, lane) => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const [name, file, find, replacement] = mutant
      const killed = await isKilled(file, find, replacement, lane)
      console.log(`${killed ? '✓' : '✗'} a test misses ${name}`)
      if (!killed) survivors++
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, drain))
  rmSync(FOLDER, { recursive: true, force: true })
  return { passed: MUTANTS.length - survivors, failed: survivors, skipped: 0 }
}

async function isKilled(file, find, replacement, lane, stdio = 'ignore') {
  const folder = join(FOLDER, String(lane))
  rmSync(folder, { recursive: true, force: true })
  for (const name of ['origin', 'seal', 'protocol', 'tsconfig.base.json'])
    cpSync(name, join(folder, name), { recursive: true, filter: (path) => !/^protocol.*\.test\.ts$/.test(path) })
  const target = join(folder, 'origin', file)
  const parts = readFileSync(target, 'utf8').split(find)
  if (parts.length !== 2) throw new Error(`${JSON.stringify(find)} is in origin/${file} ${parts.length - 1} times`)
  writeFileSync(target, parts.join(replacement))
  const run = spawn(process.execPath, [VITEST, 'run', '--bail=1', '--pool=threads', '--dir', folder], {
    env: { ...process.env, SHELL_CACHE_MUTANT: '1' },
    stdio,
  })
  const [status] = await once(run, 'exit')
  return status !== 0
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await runMutants()).failed === 0 ? 0 : 1
