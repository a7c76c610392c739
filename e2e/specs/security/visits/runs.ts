// Reads what an app's proxy has seen, request by request, and how each request reached it.

import { expect } from '../../../engines/fixtures.ts'
import type { Exchange, Relay } from '../../../harness/servers/relay.ts'

/** How a browser's request reaches the origin (docs/security.md, "Links of other sites"). */
export type Sort =
  /** As the browser sends it without a worker. */
  | 'plain'
  | 'preload'
  /** The worker's own request for what follows a shell. */
  | 'own'
  /** The browser's own request, which the worker passes on. */
  | 'passed on'
  /** The worker's request for a record, after the page. */
  | 'record'

export type Seen = Readonly<Record<string, string>>
/** One run of the proxy. */
export type Run = { readonly exchange: number; readonly sort: Sort; readonly url: string; readonly seen: Seen }

const NUMBER = 'x-exchange'

/** From now on the proxy sees the number of each request's exchange in the relay. */
export function number(relay: Relay): void {
  relay.added = (exchange) => ({ [NUMBER]: `${relay.origin} ${exchange}` })
}

function sortOf({ method, headers }: Exchange): Sort {
  if (headers['shell-cache-record'] !== undefined) return 'record'
  if (headers['shell-cache-resume'] !== undefined) return 'own'
  if (headers['service-worker-navigation-preload'] !== undefined) return 'preload'
  return method === 'GET' && headers['sec-fetch-dest'] === 'empty' ? 'passed on' : 'plain'
}

/** All runs for requests through this relay, in the order of their arrival at it. */
export async function runsBy(relay: Relay, port: number): Promise<readonly Run[]> {
  const all: readonly Seen[] = await (await fetch(`http://localhost:${port}/api/seen`)).json()
  const runs = all.flatMap(({ [NUMBER]: number = '', ...seen }): Run[] => {
    const [origin, index] = number.split(' ')
    const exchange = relay.exchanges[Number(index)]
    if (origin !== relay.origin || !exchange) return []
    // Each relay has its own origin, which is removed for the comparison.
    const { host } = new URL(relay.origin)
    const said = Object.entries(seen).map(([name, value]) => [
      name,
      value.replaceAll(relay.origin, '').replaceAll(host, 'HOST'),
    ])
    return [{ exchange: Number(index), sort: sortOf(exchange), url: exchange.url, seen: Object.fromEntries(said) }]
  })
  return runs.toSorted((one, other) => one.exchange - other.exchange)
}

/** Each header that differs, with its seen value, or `-` if it is missing. For cookies, each one that is added (`+`) or missing (`-`). */
export function differencesOf(plain: Seen, shown: Seen): readonly string[] {
  const names = new Set([...Object.keys(plain), ...Object.keys(shown)])
  return [...names]
    .filter((name) => plain[name] !== shown[name])
    .flatMap((name) =>
      name === 'cookie' ? cookieDifferences(plain[name], shown[name]) : [`${name}: ${shown[name] ?? '-'}`],
    )
    .toSorted()
}

function cookieDifferences(plain = '', shown = ''): readonly string[] {
  const [before, after] = [plain.split('; '), shown.split('; ')]
  const more = after.filter((one) => one !== '' && !before.includes(one)).map((one) => `cookie: +${one}`)
  const less = before.filter((one) => one !== '' && !after.includes(one)).map((one) => `cookie: -${one}`)
  return more.length + less.length > 0 ? [...more, ...less] : [`cookie: ${shown}`]
}

/** The differences between a run with a worker and the corresponding run without. */
export type Comparison = { readonly sort: Sort; readonly differences: readonly string[] }

/** The runs for one visit. `middle` is the end of its way's first part. */
export type Side = { readonly runs: readonly Run[]; readonly middle: number; readonly parts: number }

/** Fails if the proxy runs more often for a page than without a worker, or more than once per part for its record. */
export function compare(plain: Side, shown: Side, what: string): readonly Comparison[] {
  const [before, after] = [partsOf(plain), partsOf(shown)]
  const questions = shown.runs.filter(({ sort }) => sort === 'record')
  expect(questions.length, `how often it runs for the record of ${what}`).toBeLessThanOrEqual(shown.parts)
  return after.flatMap((runs, part) => {
    const without = before[part] ?? []
    const pages = runs.filter(({ sort }) => sort !== 'record')
    const records = runs.filter(({ sort }) => sort === 'record')
    expect(pages.length, `how often it runs for ${what}`).toBeLessThanOrEqual(without.length)
    // On back navigation the browser may still have the page, so that only the worker's request for its record is sent.
    const last = without.at(-1) ?? before[0]?.at(-1)
    const pairs = [
      ...pages.map((run, at) => [run, without[at]] as const),
      ...records.map((run) => [run, last] as const),
    ]
    return pairs.map(([run, beside]) => ({ sort: run.sort, differences: differencesOf(beside?.seen ?? {}, run.seen) }))
  })
}

function partsOf({ runs, middle }: Side): readonly (readonly Run[])[] {
  return [runs.filter(({ exchange }) => exchange < middle), runs.filter(({ exchange }) => exchange >= middle)]
}
