// Finds the mode that the option `routes` sets for a page. A name is a route's pattern or a page's path as in the build's table, or a glob
// for many: `*` stands for any text in one segment, `**` at the end for any rest, also an empty one. An exact name wins over a glob, and
// a glob over those listed after it.
//
//   must apply a glob to a dynamic route only if it matches every path of the route: `/*` does not cover `/[...rest]`. Pure.

import { globOf, type Mode } from '../../protocol/build/route-match.ts'

/** Modes by name, in the order of the app's config. */
export type Wishes = Readonly<Record<string, Mode>>

/** A page of the build's table, and the app's own route that renders it. */
type Page = { readonly key: string; readonly route: string }

export function wishFor({ key, route }: Page, wishes: Wishes): Mode | undefined {
  return wishes[key] ?? wishes[route] ?? globs(wishes).find(([glob]) => takes(glob, key) || takes(glob, route))?.[1]
}

/** Names that match no page of the app: a typo would have no effect on the page that was meant. */
export function unknownNames(wishes: Wishes, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(wishes).filter(
    (name) => !known.has(name) && !(isGlob(name) && [...known].some((page) => takes(name, page))),
  )
}

function globs(wishes: Wishes): readonly (readonly [string, Mode])[] {
  return Object.entries(wishes).filter(([name]) => isGlob(name))
}

function isGlob(name: string): boolean {
  return name.includes('*')
}

/** Stands for a parameter: text that no glob can contain. */
const ANY = '\u0001'

/** @param page - A path or a pattern. */
function takes(glob: string, page: string): boolean {
  const regex = globOf(fill(glob, [ANY, ANY]))
  return [[ANY, ANY], []].every((rest) => regex.test(fill(decode(page), rest)))
}

/** A path of the pattern, with `optional` for an optional rest. Other parameters are never empty. '' for the root, which has no segment. */
function fill(pattern: string, optional: readonly string[]): string {
  const segments = pattern
    .replace(/\/$/, '')
    .split('/')
    .flatMap((segment) => {
      if (/^\[\[\.\.\..+\]\]$/.test(segment)) return optional
      if (/^\[\.\.\..+\]$/.test(segment)) return [ANY, ANY]
      return /^\[.+\]$/.test(segment) ? [ANY] : [segment]
    })
  return segments.join('/')
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
