// The options of withShellCache(), and how they reach the adapter: Next loads the adapter by its path, in the same process as
// the config, so they wait on the global object.

import { isCount, isObject } from '../protocol/json-shape.ts'
import type { Mode } from '../protocol/route-match.ts'
import { type Problem, problems } from './errors.ts'

export type ShellCacheOptions = {
  /**
   * How a route is served, by its pattern (`'/products/[slug]'`), in place of what the build would choose.
   *
   * `'instant'` on a route that a proxy, a redirect or a rewrite can match publishes its shell to everybody and shows it before
   * they are asked: say it only where they guard nothing. It does nothing where the headers depend on the request.
   *
   * @defaultValue `{}`: every route as the build's table says
   */
  readonly routes?: Readonly<Record<string, Mode>>
  /**
   * Bytes of the largest shell that is kept in browsers.
   *
   * @defaultValue 524288
   */
  readonly maxShellBytes?: number
  /**
   * How many concrete pages of dynamic routes are published to browsers; the others open from their route's fallback shell.
   *
   * @defaultValue 200
   */
  readonly maxConcretePages?: number
  /**
   * Milliseconds that a visitor's database has to answer a navigation; after that the page comes from the network.
   *
   * @defaultValue 50
   */
  readonly storeDeadline?: number
}

export type Settings = Required<ShellCacheOptions>

const DEFAULTS: Settings = { routes: {}, maxShellBytes: 512 * 1024, maxConcretePages: 200, storeDeadline: 50 }
const SLOT = Symbol.for('next-shell-cache.options')

export function handOverOptions(options: ShellCacheOptions): void {
  Reflect.set(globalThis, SLOT, options)
}

export function handedOverOptions(): unknown {
  return Reflect.get(globalThis, SLOT) ?? {}
}

/** Options from a config file, with what is wrong about them; a wrong one falls back to its default. */
export function toSettings(options: unknown): { readonly settings: Settings; readonly wrong: readonly Problem[] } {
  if (!isObject(options)) return { settings: DEFAULTS, wrong: [problems.badOption('The options are not an object.')] }
  const wrong: Problem[] = []
  const pick = <T>(name: keyof Settings, isValid: (value: unknown) => value is T, fallback: T, form: string): T => {
    const value = options[name]
    if (value === undefined) return fallback
    if (isValid(value)) return value
    wrong.push(problems.badOption(`The option \`${name}\` is not ${form}.`))
    return fallback
  }
  const settings: Settings = {
    routes: pick('routes', isRouteModes, DEFAULTS.routes, "a map from route patterns to 'instant', 'gated' or 'off'"),
    maxShellBytes: pick('maxShellBytes', isCount, DEFAULTS.maxShellBytes, 'a number of bytes'),
    maxConcretePages: pick('maxConcretePages', isCount, DEFAULTS.maxConcretePages, 'a number of pages'),
    storeDeadline: pick('storeDeadline', isCount, DEFAULTS.storeDeadline, 'a number of milliseconds'),
  }
  for (const name of Object.keys(options)) {
    if (!(name in DEFAULTS)) wrong.push(problems.badOption(`There is no option \`${name}\`.`))
  }
  return { settings, wrong }
}

/** Routes that an option names and the app does not have: a slip of the pen there would leave a page as it was. */
export function unknownRoutes({ routes }: Settings, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(routes).filter((pattern) => !known.has(pattern))
}

function isRouteModes(value: unknown): value is Settings['routes'] {
  return isObject(value) && Object.values(value).every(isMode)
}

function isMode(value: unknown): value is Mode {
  return value === 'instant' || value === 'gated' || value === 'off'
}
