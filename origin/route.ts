// Which route of the app answers a page, by the table that the worker uses too. Called by confirm.ts and serve-record.ts with
// the page that Next found, and by unseal.ts with the path that the browser asked for.

import { matchRoute, type RouteTable } from '../protocol/route-match.ts'
import type { NextPage } from './next-page.ts'
import { Refused } from './refused.ts'

export type RoutingRules = {
  readonly table: RouteTable
  /** The app's own route, by pattern of the table. */
  readonly routes: ReadonlyMap<string, string>
  readonly basePath: string
}

/** The pattern that answers a page which is served from records; whether a record is the page's is the caller's to say. */
export function patternOf(page: NextPage, { table }: RoutingRules): string | Refused {
  if (page.status === 404) return new Refused('absent')
  const match = matchRoute(table, page.path)
  const isServed = page.status === 200 && match !== undefined && match.mode !== 'off'
  return isServed ? match.pattern : new Refused('route')
}
