// What an app's proxy may see differently with a worker: the rows of docs/security.md ("Links of other sites"), and no others.

import { ENGINES, type Engine } from '../../../engines/driver.ts'
import type { Sort } from './runs.ts'
import type { WayName } from './ways.ts'

export type Row = {
  readonly of: Exclude<Sort, 'plain'>
  readonly engines: readonly Engine[]
  /** Default: all ways. */
  readonly ways?: readonly WayName[]
  /** The header with its seen value, as in `differencesOf`. */
  readonly seen: readonly string[]
}

const TYPED = ['an address', 'a reload', 'back'] as const
const HIDDEN = ['a hidden link of its own', 'a hidden link of another site'] as const
const FOREIGN = ['a link of another site', 'a form of another site', 'a post of another site'] as const

export const ROWS: readonly Row[] = [
  { of: 'preload', engines: ['chromium'], seen: ['service-worker-navigation-preload: *'] },
  // The worker's own `POST`.
  { of: 'own', engines: ['chromium', 'firefox'], seen: ['sec-fetch-user: -'] },
  { of: 'own', engines: ['chromium'], seen: ['sec-ch-ua: -', 'sec-ch-ua-mobile: -', 'sec-ch-ua-platform: -'] },
  { of: 'own', engines: ['firefox'], seen: ['priority: *'] },
  // Requests that the worker passes on.
  { of: 'passed on', engines: ENGINES, seen: ['sec-fetch-dest: empty'] },
  { of: 'passed on', engines: ['chromium', 'firefox'], seen: ['sec-fetch-user: -'] },
  { of: 'passed on', engines: ['chromium'], ways: TYPED, seen: ['sec-fetch-site: same-origin'] },
  { of: 'passed on', engines: ['firefox', 'webkit'], seen: ['sec-fetch-site: same-origin'] },
  { of: 'passed on', engines: ['firefox'], seen: ['sec-fetch-mode: same-origin', 'priority: *'] },
  { of: 'passed on', engines: ['firefox'], ways: ['a reload'], seen: ['cache-control: max-age=0'] },
  { of: 'passed on', engines: ['webkit'], ways: ['a reload'], seen: ['cache-control: -'] },
  { of: 'passed on', engines: ENGINES, ways: ['a reload'], seen: ['if-none-match: -'] },
  { of: 'passed on', engines: ['webkit'], ways: [...TYPED, ...HIDDEN], seen: ['referer: /sw.js'] },
  // The request for a record.
  { of: 'record', engines: ENGINES, ways: [...FOREIGN, 'a hidden link of another site'], seen: ['cookie: +strict=1'] },
  { of: 'record', engines: ENGINES, ways: FOREIGN, seen: ['referer: -'] },
  { of: 'record', engines: ENGINES, ways: [...TYPED, ...HIDDEN], seen: ['sec-fetch-site: cross-site'] },
  { of: 'record', engines: ['chromium', 'firefox'], seen: ['sec-fetch-user: -'] },
  { of: 'record', engines: ['chromium'], seen: ['sec-ch-ua: -', 'sec-ch-ua-mobile: -', 'sec-ch-ua-platform: -'] },
  { of: 'record', engines: ['firefox'], seen: ['priority: *'] },
  {
    of: 'record',
    engines: ['chromium', 'webkit'],
    ways: ['a reload', 'a post of its own', 'a post of another site'],
    seen: ['cache-control: -'],
  },
]

/** The rows that allow a difference; none if it is not allowed. */
export function rowsFor(engine: Engine, of: Sort, way: WayName, difference: string): readonly Row[] {
  const [header] = difference.split(':')
  return ROWS.filter(
    (row) =>
      row.of === of &&
      row.engines.includes(engine) &&
      (row.ways?.includes(way) ?? true) &&
      (row.seen.includes(difference) || row.seen.includes(`${header}: *`)),
  )
}
