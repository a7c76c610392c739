// The order in which routes are asked for a path: that of Next's own router. Next sorts the app's routes (`getSortedRoutes`) and knows nothing
// of the shells that it has made for some of their parameters. So a row of the table has the place of its route, and only among the rows of
// one route the more specific one comes first: `/en/[...rest]` of `/[lang]/[...rest]` must not take the paths of `/[lang]/blog/[id]`. Pure.

import { type Segment, toSegments } from './route-match.ts'

const RANK = { literal: 0, param: 1, 'catch-all': 2, 'optional-catch-all': 3 } as const

/** @param entries - `route` is the app's own route of a row; without one the row's pattern is its route. */
export function inOrder<Entry extends { readonly pattern: string; readonly route?: string }>(
  entries: readonly Entry[],
): readonly Entry[] {
  return entries
    .map((entry) => ({ entry, route: toSegments(entry.route ?? entry.pattern), own: toSegments(entry.pattern) }))
    .toSorted((a, b) => compareSegments(a.route, b.route) || compareSegments(a.own, b.own))
    .map(({ entry }) => entry)
}

function compareSegments(a: readonly Segment[], b: readonly Segment[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const left = a[at]
    const right = b[at]
    if (!left || !right)
      return left?.kind === 'optional-catch-all' ? 1 : right?.kind === 'optional-catch-all' ? -1 : left ? 1 : -1
    if (RANK[left.kind] !== RANK[right.kind]) return RANK[left.kind] - RANK[right.kind]
    if (left.kind === 'literal' && left.text !== right.text) return left.text < right.text ? -1 : 1
  }
  return 0
}
