// What the app's proxy (middleware) says of the page. It is not run for a resume yet, so a path that it could match is
// refused: the adapter publishes no record for such a path, and this holds even if somebody forged one. Called by handle.ts.

import { canonicalPath } from '../protocol/route-match.ts'
import type { Admitted } from './admit.ts'
import { Refused } from './refused.ts'

/** An admitted request whose page no proxy guards. Only {@link Allowed.allow} makes one. */
export class Allowed {
  declare protected readonly stage: 'allowed'
  readonly admitted: Admitted

  private constructor(admitted: Admitted) {
    this.admitted = admitted
  }

  /** @param proxyPaths - Paths that a proxy matches, whatever its conditions say. */
  static allow(admitted: Admitted, proxyPaths: readonly RegExp[], basePath: string): Allowed | Refused {
    const spellings = spellingsOf(admitted.target, basePath)
    const guarded = proxyPaths.some((path) => spellings.some((spelling) => path.test(spelling)))
    return guarded ? new Refused('proxy') : new Allowed(admitted)
  }
}

/** Every way in which a matcher might be shown the path. */
function spellingsOf(target: string, basePath: string): string[] {
  const raw = target.split('?', 1)[0] ?? ''
  const below = raw.startsWith(basePath) ? raw.slice(basePath.length) || '/' : raw
  return [raw, below].flatMap((path) => [path, canonicalPath(path) ?? path, decoded(path)])
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
