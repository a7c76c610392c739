// A model of everything that can change a page, against the worker's real navigation, refresh and store. Visits, writes of others and of
// the visitor, deploys, rollbacks, purges and lost responses happen, and are answered, in any order. Still a page is one version from its
// first byte to its last, and visitors see what they wrote.

import 'fake-indexeddb/auto'

import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { packSegments } from '../../protocol/record/pack-segments.ts'
import { compileRoutes } from '../../protocol/build/route-match.ts'
import { fromUtf8 } from '../../protocol/utf8.ts'
import { outcomeIn } from '../../protocol/wire.ts'
import { navigate } from '../navigation/navigate.ts'
import { routeSegment } from '../routing/segments.ts'
import { noted } from './invalidate.ts'
import { purgedAt } from '../store/marks.ts'
import { deleteAllRecords, deleteOtherBuilds, putRecord } from '../store/records.ts'
import { writing } from '../store/transaction.ts'
import { heard } from '../transport/switch.ts'
import { workerConfig } from '../util/test-worker.ts'
import type * as Timeouts from '../util/timeouts.ts'
import { html, Origin, type Path, PATHS, PREFETCH, recordOf, segmentsOf } from './test-versions.ts'

/** Background requests after a response to the router are sent immediately. No page is kept for a reload: this browser makes none. */
vi.mock('../util/timeouts.ts', async (original) => ({
  ...(await original<typeof Timeouts>()),
  QUIET_MS: 0,
  KEPT_PAGE_MS: 0,
}))

const TIMEOUTS = { store: 5000, offline: 5000, response: 5000, idle: 5000 }
const TABLE = compileRoutes(PATHS.map((pattern) => ({ pattern, mode: 'instant' })))

/** A browser with the worker of the build that was installed last. */
class Browser {
  #build = ''
  readonly #background: Promise<unknown>[] = []
  /** How each page was served: the worker's outcome, or `network`. */
  readonly seen: string[] = []
  /** Pages that no visitor should have seen. */
  readonly wrong: string[] = []

  async install(origin: Origin): Promise<void> {
    this.#build = origin.build
    // A build has prerendered its first version, however old that is by now.
    for (const path of PATHS) {
      const version = { build: origin.build, path, number: 0 }
      const record = { ...(await recordOf(version)), receivedAt: Date.now(), asOf: await purgedAt() }
      await putRecord(record, { packed: packSegments(record.shell, segmentsOf(version)) })
    }
    await deleteOtherBuilds(origin.build)
  }

  async visit(path: Path, wanted: number): Promise<void> {
    // This worker must not yet know of another build: otherwise it would show no shells (other-build.test.ts).
    heard(html('', { kind: 'refused', reason: 'busy' }))
    const request = new Request(`https://shop.test${path}`)
    const waitUntil = (work: Promise<unknown>): void => void this.#background.push(work)
    const event = { request, resultingClientId: '', waitUntil } as unknown as FetchEvent
    const config = workerConfig({
      buildId: this.#build,
      timeouts: TIMEOUTS,
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

  /** What the router gets for the page of a link. @param isOnline - Without a network it may be older. */
  async prefetch(path: Path, wanted: number, isOnline: () => boolean): Promise<void> {
    const request = new Request(`https://shop.test${path}`, { headers: { [PREFETCH]: '/_tree' } })
    const waitUntil = (work: Promise<unknown>): void => void this.#background.push(work)
    const config = workerConfig({ buildId: this.#build, timeouts: TIMEOUTS })
    const begun = isOnline()
    const answering = routeSegment({ request, waitUntil }, new URL(request.url), config, TABLE)
    const text = await answering?.().then(
      (response) => response.text(),
      () => undefined,
    )
    if (text === undefined) return
    const [, , number] = text.split(' ')
    this.seen.push('prefetch')
    if (begun && isOnline() && Number(number) < wanted)
      this.wrong.push(`prefetched, not what was written (${wanted}): ${text}`)
  }

  async write(path: Path): Promise<void> {
    const request = new Request(`https://shop.test${path}`, { method: 'POST', headers: { 'next-action': 'x' } })
    await noted(fetch(request)).catch(() => undefined)
  }

  async settle(): Promise<void> {
    while (this.#background.length > 0) await Promise.allSettled(this.#background.splice(0))
  }

  /** One version from end to end; or a shell that reloads itself, or a shell without a network. */
  #check(text: string, wanted: number): void {
    const [shell, rest = ''] = text.split(';')
    const named = /^<html>(\S+ \S+ (\d+))$/.exec(shell ?? '')
    if (!named || Number(named[2]) < wanted) this.wrong.push(`not what was written (${wanted}): ${text}`)
    const isWhole = rest === `rest of ${named?.[1]}</body></html>`
    if (!isWhole && rest !== '' && !rest.includes('http-equiv="refresh"')) this.wrong.push(`of two minds: ${text}`)
  }
}

type Step =
  | 'visit'
  | 'visit twice'
  | 'prefetch'
  | 'write'
  | 'change'
  | 'deploy'
  | 'roll back'
  | 'purge'
  | 'lose'
  | 'find again'
const STEPS: readonly Step[] = [
  'visit',
  'visit twice',
  'prefetch',
  'write',
  'change',
  'deploy',
  'roll back',
  'purge',
  'lose',
  'find again',
]

/** The database of a browser that was never here. Not by a purge, which would leave a mark. */
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
        if (step === 'prefetch') await browser.prefetch(path, wrote[path], () => !origin.isDown)
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
  expect(count('prefetch'), 'prefetches').toBeGreaterThan(10)
})
