// What the option `routes` says of a page. A name in it is a route's pattern or a page's path as the build's table has them, or a glob for
// many: `*` stands for any text in one segment, `**` at the end for any rest, also for none. An exact name wins over a glob, a glob over
// those below it.
//
//   must take a glob for a dynamic route only where it takes every path of the route: `/*` is not for `/[...rest]`. Pure.

import { globOf, type Mode } from '../../protocol/build/route-match.ts'

/** By name, in the order of the app's config. */
export type Wishes = Readonly<Record<string, Mode>>

/** A page of the build's table, and the app's own route that renders it. */
type Page = { readonly key: string; readonly route: string }

export function wishFor({ key, route }: Page, wishes: Wishes): Mode | undefined {
  return wishes[key] ?? wishes[route] ?? globs(wishes).find(([glob]) => takes(glob, key) || takes(glob, route))?.[1]
}

/** Names that no page of the app has: a slip of the pen there would leave a page as it was. */
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

/** In the place of a parameter: no text that a glob could name. */
const ANY = '\u0001'

/** @param page - A path or a pattern. */
function takes(glob: string, page: string): boolean {
  const regex = globOf(fill(glob, [ANY, ANY]))
  return [[ANY, ANY], []].every((rest) => regex.test(fill(decode(page), rest)))
}

/** A pattern's path with these in the place of an optional rest; the others always have something. '' for the root, which has no segment. */
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
