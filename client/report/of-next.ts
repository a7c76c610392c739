// Reads the route's pattern of the page from Next's history entry, whose form is not documented. If it differs from the known form (next
// 16.4), the report has no route.
//
//   must name no part of the path that is a parameter's value: a page that is not found has Next's own route.

import { isObject } from '../../protocol/json-shape.ts'

/** Next keeps the tree of the shown page in the history entry (`client/components/app-router.js`). */
const TREE = '__PRIVATE_NEXTJS_INTERNALS_TREE'

/** `/products/[slug]`, for example. Undefined if Next does not say it, or already shows another page than the document's. */
export function routeOfPage(): string | undefined {
  const [document] = performance.getEntriesByType('navigation')
  if (!document || new URL(document.name).pathname !== location.pathname) return undefined
  const state: unknown = history.state
  const kept = isObject(state) ? state[TREE] : undefined
  return routeIn(isObject(kept) ? kept['tree'] : kept)
}

/** @param tree - `[segment, { children: tree }]`. A segment is a name, or `[name, value, kind]` for a parameter. */
export function routeIn(tree: unknown): string | undefined {
  const names: string[] = []
  for (let at = tree; ;) {
    if (!Array.isArray(at)) return undefined
    const [segment, slots] = at as readonly unknown[]
    const name = nameOf(segment)
    if (name === undefined) return undefined
    if (name.startsWith('__PAGE__')) return `/${names.join('/')}`
    // A route group is not part of the path.
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
