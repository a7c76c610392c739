// Which route of the app answers a page, by the table that the worker uses too. Called by confirm.ts and serve-record.ts with
// the page that Next found, and by unseal.ts with the path that the browser asked for.

import { matchRoute, type RouteEntry, type RouteTable } from '../../protocol/route-match.ts'
import type { NextPage } from './next-page.ts'
import { Refused } from '../gate/refused.ts'

export type RoutingRules = {
  readonly table: RouteTable
  /** The app's own route, by pattern of the table. */
  readonly routes: ReadonlyMap<string, string>
  readonly basePath: string
}

/** The entry that answers a page which is served from records; whether a record is the page's is the caller's to say. */
export function entryOf(page: NextPage, { table }: RoutingRules): RouteEntry | Refused {
  if (page.status === 404) return new Refused('absent')
  const match = matchRoute(table, page.path)
  return page.status === 200 && match !== undefined && match.mode !== 'off' ? match : new Refused('route')
}
