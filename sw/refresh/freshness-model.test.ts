// A model of everything that can change a page, against the worker's real navigation, refresh and store: whatever the order in
// which visits, others' writes, the visitor's own, deploys, rollbacks, purges and lost answers happen and their requests are
// answered, a page is one version's from its first byte to its last, and a visitor sees what they wrote.

import 'fake-indexeddb/auto'

import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { type Digest, digestInput } from '../../protocol/digest.ts'
import { encodeRecord } from '../../protocol/record/record-codec.ts'
import type { ResumingRecord } from '../../protocol/record/record.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'
import { formatVerdict, type Verdict } from '../../protocol/verdict.ts'
import { outcomeIn } from '../../protocol/wire.ts'
import { hashOf } from '../util/record.ts'
import { navigate } from '../navigation/navigate.ts'
import { noted } from './invalidate.ts'
import { purgedAt } from '../store/marks.ts'
import { deleteAllRecords, deleteOtherBuilds, putRecord } from '../store/records.ts'
import { writing } from '../store/transaction.ts'
import { workerConfig } from '../util/test-worker.ts'

const PATHS = ['/', '/a'] as const
type Path = (typeof PATHS)[number]
type Version = { readonly build: string; readonly path: Path; readonly number: number }

const shellOf = ({ build, path, number }: Version) => `<html>${build} ${path} ${number};`
const restOf = ({ build, path, number }: Version) => `rest of ${build} ${path} ${number}</body></html>`
const stateOf = (version: Version) => JSON.stringify(version)

async function digestOf(version: Version): Promise<Digest> {
  return hashOf(digestInput(toUtf8(shellOf(version)), toUtf8(stateOf(version))))
}

async function recordOf(version: Version): Promise<ResumingRecord> {
  const shell = toUtf8(shellOf(version))
  return {
    kind: 'resuming',
    buildId: version.build,
    digest: await digestOf(version),
    shellHash: await hashOf(shell),
    key: version.path,
    route: version.path,
    status: 200,
    headers: [['content-type', 'text/html']],
    lifetime: { revalidate: undefined, expire: undefined },
    tags: [],
    shell,
    stateForm: 'sealed',
    // What stands for a seal: only the origin reads it.
    state: toUtf8(stateOf(version)),
    resumeHeaders: [],
    bootScript: undefined,
  }
}

/** The origin, as its own tests show it to be: it resumes what is current or carried, of its own build, and nothing else. */
class Origin {
  build = 'build-1'
  readonly numbers: Record<Path, number> = { '/': 0, '/a': 0 }
  isDown = false

  current(path: Path): Version {
    return { build: this.build, path, number: this.numbers[path] }
  }

  /** Undefined where the request does not get there. */
  async answer(request: Request): Promise<Response | undefined> {
    if (this.isDown) return undefined
    const path = new URL(request.url).pathname as Path
    const [resume, record] = [request.headers.get('shell-cache-resume'), request.headers.get('shell-cache-record')]
    if (request.headers.has('next-action')) {
      this.numbers[path]++
      return new Response('done', { headers: { 'x-action-revalidated': '1' } })
    }
    const now = this.current(path)
    const digest = await digestOf(now)
    if (resume !== null) return this.resume(now, digest, resume, await request.text())
    if (record !== null) return this.record(now, digest, record)
    return html(shellOf(now) + restOf(now))
  }

  async resume(now: Version, current: Digest, asked: string, carried: string): Promise<Response> {
    const [build, digest] = asked.split('; shell=')
    if (build !== this.build) return html('', { kind: 'refused', reason: 'build' })
    const version: Version | undefined = digest === current ? now : carried === '' ? undefined : JSON.parse(carried)
    if (!version) return html('', { kind: 'refused', reason: 'unknown' })
    return html(restOf(version), { kind: 'resumed', digest: await digestOf(version), current, isStale: false })
  }

  async record(now: Version, digest: Digest, asked: string): Promise<Response> {
    const [build, have] = asked.split('; have=')
    if (build !== this.build) return html('', { kind: 'refused', reason: 'build' })
    const frame = have === digest ? '' : encodeRecord(await recordOf(now))
    return html(frame, { kind: 'recorded', digest, isStale: false })
  }
}

function html(body: BodyInit, verdict?: Verdict): Response {
  const headers = new Headers({ 'content-type': 'text/html' })
  if (verdict) headers.set('shell-cache-verdict', formatVerdict(verdict))
  return new Response(body, { status: verdict?.kind === 'refused' ? 409 : 200, headers })
}

/** A browser with the worker of the build that it installed last. */
class Browser {
  #build = ''
  readonly #background: Promise<unknown>[] = []
  /** How each page came: the worker's outcome, or `network`. */
  readonly seen: string[] = []
  /** What no visitor should have seen. */
  readonly wrong: string[] = []

  async install(origin: Origin): Promise<void> {
    this.#build = origin.build
    // What a build has prerendered is its first version, however old that is by now.
    for (const path of PATHS) {
      const record = await recordOf({ build: origin.build, path, number: 0 })
      await putRecord({ ...record, receivedAt: Date.now(), asOf: await purgedAt() })
    }
    await deleteOtherBuilds(origin.build)
  }

  async visit(path: Path, wanted: number): Promise<void> {
    const request = new Request(`https://shop.test${path}`)
    const waitUntil = (work: Promise<unknown>): void => void this.#background.push(work)
    const event = { request, resultingClientId: '', waitUntil } as unknown as FetchEvent
    const config = workerConfig({
      buildId: this.#build,
      timeouts: { store: 5000, offline: 5000, response: 5000, idle: 5000 },
    })
    const navigation = { url: new URL(request.url), keys: [path], mode: 'instant', isRepeat: false } as const
    const response = await navigate(event, navigation, config).catch(() => undefined)
    if (!response || response.status === 503) return
    const timing = response.headers.get('server-timing') ?? ''
    const outcome = outcomeIn(timing) ?? 'network'
    this.seen.push(outcome)
    const text = fromUtf8(new Uint8Array(await response.arrayBuffer()))
    // Without a network an older version is better than none, and says that it is one.
    this.#check(text, outcome === 'offline' && timing.includes('shell-stale') ? 0 : wanted)
  }

  async write(path: Path): Promise<void> {
    const request = new Request(`https://shop.test${path}`, { method: 'POST', headers: { 'next-action': 'x' } })
    await noted(fetch(request)).catch(() => undefined)
  }

  async settle(): Promise<void> {
    while (this.#background.length > 0) await Promise.allSettled(this.#background.splice(0))
  }

  /** One version from end to end; or a shell that reloads itself, or one without a network behind it. */
  #check(text: string, wanted: number): void {
    const [shell, rest = ''] = text.split(';')
    const named = /^<html>(\S+ \S+ (\d+))$/.exec(shell ?? '')
    if (!named || Number(named[2]) < wanted) this.wrong.push(`not what was written (${wanted}): ${text}`)
    const isWhole = rest === `rest of ${named?.[1]}</body></html>`
    if (!isWhole && rest !== '' && !rest.includes('http-equiv="refresh"')) this.wrong.push(`of two minds: ${text}`)
  }
}

type Step = 'visit' | 'visit twice' | 'write' | 'change' | 'deploy' | 'roll back' | 'purge' | 'lose' | 'find again'
const STEPS: readonly Step[] = [
  'visit',
  'visit twice',
  'write',
  'change',
  'deploy',
  'roll back',
  'purge',
  'lose',
  'find again',
]

/** As a browser has it that was never here: a purge would leave its mark. */
function emptyDatabase(): Promise<void> {
  return writing(async ({ records, segments, uses, marks }) => {
    await Promise.all([records, segments, uses, marks].map((table) => table.clear()))
  })
}

beforeEach(() => vi.stubGlobal('location', new URL('https://shop.test/')))
afterEach(() => vi.unstubAllGlobals())

it('never shows two versions in one page, and always what the visitor wrote', async () => {
  const script = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.constantFrom(...PATHS)), { maxLength: 14 })
  const seen: string[] = []
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), script, async (scheduler, steps) => {
      const origin = new Origin()
      const browser = new Browser()
      await emptyDatabase()
      vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
        const answer = await scheduler.schedule(origin.answer(new Request(input, init)))
        if (!answer) throw new TypeError('the network is gone')
        return answer
      })
      await browser.install(origin)
      const wrote: Record<Path, number> = { '/': 0, '/a': 0 }
      const run = async (step: Step, path: Path): Promise<void> => {
        if (step === 'visit') await browser.visit(path, wrote[path])
        if (step === 'visit twice')
          await Promise.all([browser.visit(path, wrote[path]), browser.visit(path, wrote[path])])
        if (step === 'write') {
          await browser.write(path)
          wrote[path] = origin.isDown ? wrote[path] : origin.numbers[path]
        }
        if (step === 'change') origin.numbers[path]++
        if (step === 'deploy' || step === 'roll back') {
          origin.build = step === 'deploy' ? 'build-2' : 'build-1'
          await browser.install(origin)
        }
        if (step === 'purge') await deleteAllRecords()
        if (step === 'lose') origin.isDown = true
        if (step === 'find again') origin.isDown = false
      }
      const running = (async () => {
        for (const [step, path] of steps) await run(step, path)
        await browser.settle()
      })()
      await scheduler.waitFor(running)
      expect(browser.wrong).toEqual([])
      seen.push(...browser.seen)
    }),
    { numRuns: 150 },
  )
  const count = (outcome: string): number => seen.filter((each) => each === outcome).length
  expect(count('instant'), 'pages of the store').toBeGreaterThan(30)
  expect(count('network'), 'pages of the network').toBeGreaterThan(10)
}, 60_000)
