// Measures what the origin costs a `next start` under load: CPU time and responses in a second of a resume, of the plain GET of the same
// page, of a shortened navigation preload, and of the gate alone, with and without a browser's `accept-encoding`. One build, one server,
// arms in short shuffled slices (load.ts). No figure makes it fail. gate.ts compares the gate with a direct call of Next's entrypoint.

import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'

import { buildApp, layOutApp, packPackage } from '../e2e/harness/builds/build-app.ts'
import { originFiles } from '../e2e/harness/origin-files.ts'
import { ROOT } from '../e2e/harness/paths.ts'
import { ask } from '../e2e/harness/raw.ts'
import { type RunningServer, startServer } from '../e2e/harness/servers/server.ts'
import { type Load, loadServer, type Slice } from './load.ts'
import { median, type Ratio, ratioOf, shuffledRounds, toMarkdown } from './report/statistics.ts'

const APP = 'bench-load'
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 12)
/** Responses in a slice: about a second of CPU time, which the kernel counts in hundredths of a second. */
const AMOUNT = 80
const AMOUNT_AT_THE_GATE = 5000
/** After this many responses the server's JIT compiler has warmed up. */
const AMOUNT_TO_WARM_UP = 200
/** The goal for a resume, as a part of the full render. */
const GOAL = 0.9
const PLAIN = 'plain GET'
const RESUME = 'resume'
const ARMS = [PLAIN, 'plain GET again', RESUME, 'preload, shortened', 'gate alone'] as const
type Arm = (typeof ARMS)[number]

/** A shell of 4 kB with two holes, compressed for browsers and uncompressed; a shell of 3 kB with one hole. */
const CASES = [
  ['/products/tide-lamp', 'gzip'],
  ['/products/tide-lamp', 'identity'],
  ['/cart', 'gzip'],
] as const

export async function runOriginLoadBench(): Promise<void> {
  const folder = await layOutApp(APP, join(ROOT, 'examples', 'shop'), await packPackage())
  await buildApp(folder, { SHELL_CACHE_TEST: 'preload' })
  await using server = await startServer(folder, { SHOP_DELAY_MS: '0' })
  const parts = [await heading()]
  for (const [path, encoding] of CASES) {
    parts.push(await measureCase(server, path, encoding))
    console.log(parts.at(-1))
  }
  const report = parts.join('\n\n')
  await writeFile(join(ROOT, 'bench', 'results', 'origin-load.md'), `${report}\n`)
}

async function measureCase(server: RunningServer, path: string, encoding: string): Promise<string> {
  const loads = await loadsOf(path, encoding)
  for (const arm of ARMS) await checkAnswer(server, arm, loads[arm])
  for (const arm of ARMS) await loadServer(server, { ...loads[arm], amount: AMOUNT_TO_WARM_UP })
  const slices = new Map<Arm, Slice[]>(ARMS.map((arm) => [arm, []]))
  for (const arm of shuffledRounds(ARMS, ROUNDS)) {
    slices.get(arm)?.push(await loadServer(server, loads[arm]))
  }
  return `### ${path}, accept-encoding: ${encoding}\n\n${reportOf(slices)}`
}

async function loadsOf(path: string, encoding: string): Promise<Record<Arm, Load>> {
  const { manifest, reference } = await originFiles(APP)
  const headers = { 'accept-encoding': encoding }
  const plain: Load = { path, method: 'GET', headers, status: 200, amount: AMOUNT }
  const preload = {
    'service-worker-navigation-preload': `${encodeURIComponent(manifest.buildId)}; all`,
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  }
  // As long as a real header, but with a digest that this build does not have.
  const unknownBuild = { 'shell-cache-resume': `another; shell=${'A'.repeat(43)}` }
  return {
    [PLAIN]: plain,
    'plain GET again': plain,
    [RESUME]: { ...plain, method: 'POST', headers: { ...headers, ...reference(path) } },
    'preload, shortened': { ...plain, headers: { ...headers, ...preload } },
    'gate alone': { ...plain, method: 'POST', headers: { ...headers, ...unknownBuild }, ...REFUSED },
  }
}

const REFUSED = { status: 409, amount: AMOUNT_AT_THE_GATE }

/** @throws if an arm would not measure what its name says. */
async function checkAnswer({ port }: RunningServer, arm: Arm, { path, method, headers, status }: Load): Promise<void> {
  const answer = await ask(port, { path, method, headers: { ...headers, 'accept-encoding': 'identity' } })
  const isWhole = answer.text.startsWith('<!DOCTYPE html>')
  const isDone = answer.text.endsWith('</html>') || status !== 200
  if (answer.status !== status || isWhole !== (method === 'GET' && arm !== 'preload, shortened') || !isDone) {
    throw new Error(`${arm}: ${answer.status} ${answer.text.slice(0, 100)}`)
  }
}

function reportOf(slices: ReadonlyMap<Arm, readonly Slice[]>): string {
  const of = (arm: Arm, what: keyof Slice): number[] => (slices.get(arm) ?? []).map((slice) => slice[what])
  const cpuRatio = (arm: Arm): Ratio => ratioOf(of(arm, 'cpu'), of(PLAIN, 'cpu'))
  const rows = ARMS.map((arm) => [
    arm,
    `${median(of(arm, 'cpu')).toFixed(2)} ms`,
    arm === PLAIN ? '1' : inWords(cpuRatio(arm)),
    median(of(arm, 'rate')).toFixed(0),
    arm === PLAIN ? '1' : inWords(ratioOf(of(arm, 'rate'), of(PLAIN, 'rate'))),
    median(of(arm, 'bytes')).toFixed(0),
  ])
  const head = ['arm', 'CPU an answer', 'ratio (95 %)', 'answers a second', 'ratio (95 %)', 'bytes']
  return `${toMarkdown([head, ...rows])}\n\n${judge(cpuRatio(RESUME))}`
}

const inWords = ({ ratio, low, high }: Ratio): string => `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`

/** If the figure's interval includes the goal, the run does not decide. */
function judge(measured: Ratio): string {
  const { ratio, low, high } = measured
  const outcome =
    high <= GOAL ? 'met' : low > GOAL ? `missed by ${(ratio - GOAL).toFixed(2)}` : 'not settled by this run'
  return `CPU of a resume ≤ ${GOAL} of the full render: ${outcome}, at ${inWords(measured)}.`
}

async function heading(): Promise<string> {
  const next: unknown = JSON.parse(await readFile(join(ROOT, 'node_modules/next/package.json'), 'utf8'))
  const version = typeof next === 'object' && next !== null && 'version' in next ? String(next.version) : 'unknown'
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, Next ${version}`
  return [
    '## The origin under load: `next start` on loopback',
    `${machine}. ${ROUNDS} slices of ${AMOUNT} answers an arm, shuffled, 8 connections. CPU time is that of the server's processes, the kernel's for them with it; medians and intervals are over slices.`,
  ].join('\n\n')
}
