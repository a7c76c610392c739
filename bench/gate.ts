// Measures what the gate costs the origin: the CPU time of a resume through the gate, of the same resume as a direct call of Next's
// entrypoint, and of the plain document. One process, one request at a time, arms interleaved. No figure makes it fail.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'

import { buildApp, layOutApp, packPackage } from '../e2e/harness/builds/build-app.ts'
import { startUpstream } from '../e2e/harness/builds/canary.ts'
import { originFiles } from '../e2e/harness/origin-files.ts'
import { ROOT } from '../e2e/harness/paths.ts'
import { ask, type RawRequest } from '../e2e/harness/raw.ts'
import { freePort } from '../e2e/harness/servers/free-port.ts'
import { asDigest } from '../protocol/digest.ts'
import { isObject, isString } from '../protocol/json-shape.ts'
import { median, shuffledRounds, toMarkdown } from './report/statistics.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 300)
const ROUNDS_TO_WARM_UP = 100
/** Milliseconds in which the server must start or answer. If it ends, its message is on the console. */
const SERVER_MS = 60_000
const BARE = 'bare entrypoint'
const ARMS = [BARE, 'resume', 'resume, state carried', 'plain document'] as const
type Arm = (typeof ARMS)[number]

type Case = {
  readonly name: string
  readonly source: string
  readonly path: string
  readonly route: string
  readonly entrypoint: string
  readonly what: string
}
const CASES: readonly Case[] = [
  {
    name: 'bench-shop',
    source: join(ROOT, 'examples', 'shop'),
    path: '/products/tide-lamp',
    route: '/products/[slug]',
    entrypoint: 'app/(shop)/products/[slug]/page.js',
    what: 'two holes, no proxy',
  },
  {
    name: 'bench-proxied',
    source: join(ROOT, 'e2e', 'apps', 'proxied'),
    path: '/echo/known',
    route: '/echo/[slug]',
    entrypoint: 'app/echo/[slug]/page.js',
    what: 'one hole, behind a proxy and rules that the bare call does not run',
  },
]

export async function runGateBench(): Promise<void> {
  const tarball = await packPackage()
  const tables: string[] = []
  for (const each of CASES) tables.push(`### ${each.path}: ${each.what}\n\n${await measureCase(each, tarball)}`)
  const report = [heading(), ...tables].join('\n\n')
  console.log(report)
  await writeFile(join(ROOT, 'bench', 'results', 'gate.md'), `${report}\n`)
}

async function measureCase(each: Case, tarball: string): Promise<string> {
  const folder = await layOutApp(each.name, each.source, tarball)
  await using upstream = await startUpstream()
  await buildApp(folder, { CANARY_UPSTREAM: upstream.url })
  const port = await freePort()
  const server = fork(join(ROOT, 'bench', 'gate-server.mjs'), [folder, String(port), each.path, each.entrypoint], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', SHOP_DELAY_MS: '0' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  try {
    const postponed = await messageOf(server, 'postponed', isString)
    return tableOf(await measureArms(server, port, await requestsOf(each, postponed)))
  } finally {
    server.kill('SIGKILL')
  }
}

async function requestsOf({ name, path, route }: Case, postponed: string): Promise<Record<Arm, RawRequest>> {
  const { manifest, reference, seal } = await originFiles(name)
  const digest = asDigest('A'.repeat(43))
  if (!digest) throw new Error('not a digest')
  const { buildId } = manifest
  const unknown = { 'shell-cache-resume': `${encodeURIComponent(buildId)}; shell=${digest}` }
  return {
    [BARE]: { path, method: 'GET' },
    resume: { path, headers: reference(path) },
    'resume, state carried': {
      path,
      headers: unknown,
      body: seal({ basePath: '', buildId, key: path, route, digest }, postponed),
    },
    'plain document': { path, method: 'GET' },
  }
}

/** Microseconds of CPU time for each response. */
async function measureArms(
  server: ChildProcess,
  port: number,
  requests: Record<Arm, RawRequest>,
): Promise<Record<Arm, readonly number[]>> {
  const times: Record<Arm, number[]> = { [BARE]: [], resume: [], 'resume, state carried': [], 'plain document': [] }
  const measure = async (arm: Arm): Promise<number> => {
    const { headers, ...request } = requests[arm]
    const time = messageOf(server, 'microseconds', isNumber)
    const answer = await ask(port, { ...request, headers: { ...headers, arm } })
    // A refusal would be cheap, and a whole document would be no resume.
    const isWhole = answer.text.startsWith('<!DOCTYPE html>')
    if (answer.status !== 200 || isWhole !== (arm === 'plain document')) throw new Error(`${arm}: ${answer.status}`)
    return time
  }
  for (const arm of shuffledRounds(ARMS, ROUNDS_TO_WARM_UP)) await measure(arm)
  for (const arm of shuffledRounds(ARMS, ROUNDS)) times[arm].push(await measure(arm))
  return times
}

const isNumber = (value: unknown): value is number => typeof value === 'number'

/** Only one message is awaited at a time, because requests are sent one after the other. */
async function messageOf<T>(server: ChildProcess, name: string, is: (value: unknown) => value is T): Promise<T> {
  const [message]: unknown[] = await once(server, 'message', { signal: AbortSignal.timeout(SERVER_MS) })
  const value = isObject(message) ? message[name] : undefined
  if (!is(value)) throw new Error(`the server of the bench said no ${name}`)
  return value
}

function tableOf(times: Record<Arm, readonly number[]>): string {
  const bare = median(times[BARE])
  const rows = ARMS.map((arm) => {
    const time = median(times[arm])
    return [arm, inMilliseconds(time), inMilliseconds(time - bare), (time / bare).toFixed(2)]
  })
  return toMarkdown([['median of', 'CPU time', 'added', 'ratio'], ...rows])
}

const inMilliseconds = (microseconds: number): string => `${(microseconds / 1000).toFixed(2)} ms`

function heading(): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  return `## CPU time of an answer, ${ROUNDS} answers an arm, interleaved in one process\n\n${machine}.`
}
