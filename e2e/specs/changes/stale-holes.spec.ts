// No resume is older than the page (docs/architecture.md, invariant 11): through revalidations of every kind, every resume has holes at
// least as new as those of the plain GET before it, whatever shell it names, or is refused. The hostile browser of these tests keeps
// every record that ever existed. The seed is fixed; FUZZ_SEED and FUZZ_RUNS are for longer runs.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import fc from 'fast-check'

import type { Digest } from '../../../protocol/digest.ts'
import { formatPreloadHeader, keyHashOf, startOf } from '../../../protocol/shell-inventory.ts'
import { decodeRecord } from '../../../protocol/record/record-codec.ts'
import { expect, test as base } from '../../harness/fixtures.ts'
import { originFiles } from '../../harness/origin-files.ts'
import { ask, askForBytes, type RawAnswer, verdictOf } from '../../harness/raw.ts'
import { appFolder } from '../../harness/paths.ts'
import { startServer } from '../../harness/servers/server.ts'
import { scaled, TEST_MS } from '../../harness/timeouts.ts'
import { copyApp } from './fresh.ts'

const test = base.extend({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  server: async ({}, use, info) => {
    await using copy = await copyApp('fresh', info.testId)
    await using server = await startServer(copy.folder, { FRESH_NAMES: join(copy.folder, 'names.json') })
    await use(server)
  },
})

/** The name that each page shows, and the build's records that a browser may show for the page. */
const PAGES = [
  { path: '/', id: 'home', keys: ['/'] },
  { path: '/items/built', id: 'built', keys: ['/items/built', '/items/[id]'] },
  { path: '/items/mine', id: 'mine', keys: ['/items/[id]'] },
  { path: '/admins', id: 'admins', keys: ['/admins'] },
  { path: '/team/ann', id: 'team', keys: ['/team/[id]'] },
] as const

type Path = { readonly path: string; readonly id: string }
type Kept = {
  readonly key: string
  readonly digest: Digest
  readonly state: Uint8Array | undefined
  readonly age: number
}

/** The number of the name in a hole: `home 7` is newer than `home 6`, and both are newer than the build's, which has none. */
function ageOf(text: string, element = 'p data-testid="hole"'): number | undefined {
  const name = new RegExp(`<${element}[^>]*>(.*?)<`).exec(text)?.[1]
  return name === undefined ? undefined : Number(/ (\d+)$/.exec(name)?.[1] ?? 0)
}

/** Sends what the browser sends when a visitor presses the button of the action that calls `updateTag`. */
async function sendUpdate(port: number, id: string, name: string): Promise<void> {
  const file = join(appFolder('fresh'), '.next', 'server', 'server-reference-manifest.json')
  const known: Record<string, { exportedName?: string }> = JSON.parse(await readFile(file, 'utf8')).node
  const action = Object.entries(known).find(([, { exportedName }]) => exportedName === 'renameNow')?.[0]
  const headers = { 'next-action': action, 'content-type': 'text/plain;charset=UTF-8' }
  expect((await ask(port, { path: '/', headers, body: JSON.stringify([id, name]) })).status).toBe(200)
}

class Visitor {
  readonly #port: number
  readonly #buildId: string
  readonly kept = new Map<string, Kept[]>()

  constructor(port: number, buildId: string) {
    this.#port = port
    this.#buildId = buildId
  }

  plain({ path }: Path): Promise<RawAnswer> {
    return ask(this.#port, { path, method: 'GET' })
  }

  async record({ path }: Path): Promise<void> {
    const { bytes } = await askForBytes(this.#port, { path, headers: { 'shell-cache-record': this.#buildId } })
    const decoded = decodeRecord(bytes)
    if (!decoded.ok || decoded.record.kind !== 'resuming') throw new Error(`${path} has no record`)
    const { key, digest, state, shell } = decoded.record
    const age = ageOf(new TextDecoder().decode(shell), 'h1') ?? 0
    const known = this.kept.get(path) ?? []
    if (!known.some((kept) => kept.digest === digest)) this.kept.set(path, [...known, { key, digest, state, age }])
  }

  resume({ path }: Path, { digest, state }: Kept): Promise<RawAnswer> {
    const headers = { 'shell-cache-resume': `${this.#buildId}; shell=${digest}` }
    return ask(this.#port, { path, headers, body: state })
  }

  preload({ path }: Path, { key, digest }: Kept): Promise<RawAnswer> {
    const named = new Map([[keyHashOf(key), { kind: 'own', start: startOf(digest) } as const]])
    const headers = {
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      'service-worker-navigation-preload': formatPreloadHeader({ buildId: this.#buildId, hasAll: true, named }),
    }
    return ask(this.#port, { path, method: 'GET', headers })
  }

  async rename({ id }: Path, name: string, how: string): Promise<void> {
    if (how === 'updateTag') return sendUpdate(this.#port, id, name)
    await ask(this.#port, { path: `/api/names?id=${id}&name=${encodeURIComponent(name)}${how}` })
  }
}

const STEPS = Number(process.env['FUZZ_RUNS'] ?? 25)

test('renders no hole older than the page, for whatever record', async ({ server }) => {
  test.setTimeout(TEST_MS + scaled(STEPS * 2000))
  const { manifest } = await originFiles('fresh')
  const visitor = new Visitor(server.port, manifest.buildId)
  for (const { path, keys } of PAGES) {
    const built = manifest.records.filter(({ key }) => keys.some((known) => known === key))
    visitor.kept.set(
      path,
      built.map(({ key, digest }) => ({ key, digest, state: undefined, age: 0 })),
    )
  }
  const steps = fc.array(
    fc.record({
      page: fc.constantFrom(...PAGES),
      how: fc.constantFrom('&now', 'updateTag', '', '&quiet', 'nothing'),
      isRecorded: fc.boolean(),
    }),
    { minLength: STEPS, maxLength: STEPS },
  )
  const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_129)
  // If every resume were refused, the property would prove nothing. Nothing has changed yet, so every record must be resumed.
  for (const page of PAGES)
    for (const way of ['resume', 'preload'] as const)
      for (const kept of visitor.kept.get(page.path) ?? [])
        expect(verdictOf(await visitor[way](page, kept)), `${way} ${page.path}`).toMatch(/^resumed/)
  let [count, resumed, refused] = [0, 0, 0]
  for (const { page, how, isRecorded } of fc.sample(steps, { seed, numRuns: 1 }).flat()) {
    count++
    if (how !== 'nothing') await visitor.rename(page, `${page.id} ${count}`, how)
    for (const way of ['resume', 'preload'] as const) {
      for (const kept of visitor.kept.get(page.path) ?? []) {
        const plain = ageOf((await visitor.plain(page)).text)
        const answer = await visitor[way](page, kept)
        const age = ageOf(answer.text)
        if (verdictOf(answer).startsWith('refused')) {
          refused++
          expect(answer.text).toBe('')
        } else {
          if (verdictOf(answer).startsWith('resumed')) resumed++
          expect(plain, page.path).toBeDefined()
          expect(age, `${page.path} after ${how}, step ${count}`).toBeGreaterThanOrEqual(plain ?? Infinity)
        }
      }
    }
    if (isRecorded) await visitor.record(page)
  }
  console.log(`${resumed} answers were resumed, ${refused} refused`)
  // The numbers depend on how fast the server has rendered what a tag made stale.
  expect(resumed).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(0)
})

test('renders no hole older than the shell that goes with it, if the clock alone has made it old', async ({
  server,
}) => {
  const { manifest } = await originFiles('fresh')
  const visitor = new Visitor(server.port, manifest.buildId)
  const timed = { path: '/timed', id: 'timed' }
  const cached = 'p data-testid="cached"'
  const built = manifest.records.filter(({ key }) => key === timed.path)
  visitor.kept.set(
    timed.path,
    built.map(({ key, digest }) => ({ key, digest, state: undefined, age: 0 })),
  )
  let [resumed, older] = [0, 0]
  for (const count of [1, 2]) {
    await visitor.rename(timed, `timed ${count}`, '&quiet')
    await expect.poll(async () => ageOf((await visitor.plain(timed)).text, 'h1')).toBe(count)
    await visitor.record(timed)
    for (const way of ['resume', 'preload'] as const)
      for (const kept of visitor.kept.get(timed.path) ?? []) {
        const answer = await visitor[way](timed, kept)
        if (!verdictOf(answer).startsWith('resumed')) continue
        resumed++
        const age = ageOf(answer.text, cached) ?? -1
        expect(age).toBeGreaterThanOrEqual(kept.age)
        // As docs/freshness.md says about holes.
        if (age < count) older++
        if (kept.age === count) expect(age).toBe(count)
      }
  }
  console.log(`${resumed} answers were resumed, ${older} with older data than the page’s`)
  expect(resumed).toBeGreaterThan(2)
})

test('continues from the page’s own state if the shell has stayed the same', async ({ server }) => {
  const { manifest, reference } = await originFiles('fresh')
  const [, , , admins] = PAGES
  const visitor = new Visitor(server.port, manifest.buildId)
  for (const age of [1, 2]) {
    await visitor.rename(admins, `admins ${age}`, '&now')
    const answer = await ask(server.port, { path: '/admins', headers: reference('/admins') })
    expect(verdictOf(answer)).toMatch(/^resumed/)
    expect(ageOf(answer.text)).toBe(age)
  }
})
