// What Next says of the page without being asked: the route's pattern, in a form that is not documented. Where it is not as known (next
// 16.4), the report does without.
//
//   must name no part of the path that stands for a parameter: a page that is not found has Next's own route.

import { isObject } from '../../protocol/json-shape.ts'

/** Next keeps the tree of what is shown in the entry of the history (`client/components/app-router.js`). */
const TREE = '__PRIVATE_NEXTJS_INTERNALS_TREE'

/** `/products/[slug]`; undefined where Next does not say it, or shows another page already than the document's. */
export function routeOfPage(): string | undefined {
  const [document] = performance.getEntriesByType('navigation')
  if (!document || new URL(document.name).pathname !== location.pathname) return undefined
  const state: unknown = history.state
  const kept = isObject(state) ? state[TREE] : undefined
  return routeIn(isObject(kept) ? kept['tree'] : kept)
}

/** @param tree - `[segment, { children: tree }]`, a segment being a name, or `[name, value, kind]` of a parameter. */
export function routeIn(tree: unknown): string | undefined {
  const names: string[] = []
  for (let at = tree; ;) {
    if (!Array.isArray(at)) return undefined
    const [segment, slots] = at as readonly unknown[]
    const name = nameOf(segment)
    if (name === undefined) return undefined
    if (name.startsWith('__PAGE__')) return `/${names.join('/')}`
    // A group of routes is no part of the path.
    if (name !== '' && !/^\(.*\)$/.test(name)) names.push(name.replace(/^\//, ''))
    if (!isObject(slots)) return undefined
    at = slots['children']
  }
}

const BRACKETS: Readonly<Record<string, (name: string) => string>> = {
  d: (name) => `[${name}]`,
  c: (name) => `[...${name}]`,
  oc: (name) => `[[...${name}]]`,
}

function nameOf(segment: unknown): string | undefined {
  if (typeof segment === 'string') return segment
  if (!Array.isArray(segment)) return undefined
  const [name, , kind] = segment as readonly unknown[]
  return typeof name === 'string' && typeof kind === 'string' ? BRACKETS[kind]?.(name) : undefined
}
