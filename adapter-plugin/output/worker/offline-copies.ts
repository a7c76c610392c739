// The routes whose pages browsers keep as they were seen: those that the option `offlineCopies` names and that are not guarded.

import { problems, tell } from '../../errors.ts'
import type { Settings } from '../../config/options.ts'
import { wishFor } from '../../config/route-modes.ts'
import type { Classified } from '../../pages/classify.ts'

/** Patterns of routes. Reports each name that matches none of them. */
export function offlineCopiesOf(
  { offlineCopies }: Pick<Settings, 'offlineCopies'>,
  pages: readonly Classified[],
): readonly string[] {
  const instant = pages.filter(({ mode }) => mode === 'instant').map(({ candidate }) => candidate.route)
  const routesOf = (name: string): readonly string[] =>
    instant.filter((route) => wishFor({ key: route, route }, { [name]: 'instant' }) !== undefined)
  offlineCopies
    .filter((name) => routesOf(name).length === 0)
    .map(problems.noCopies)
    .forEach(tell)
  return [...new Set(offlineCopies.flatMap(routesOf))]
}
