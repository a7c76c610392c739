// The options of withShellCache(), and how they reach the adapter: Next loads the adapter by its path, in the same process as
// the config, so they wait on the global object.

import { isArrayOf, isCount, isObject, isString } from '../protocol/json-shape.ts'
import type { Mode } from '../protocol/route-match.ts'
import type { Budget, Deadlines, Transport } from '../protocol/worker-config.ts'
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
   * Bytes of scripts and styles that no shell refers to and that are kept all the same, the smallest first: code that a page
   * loads on demand, for pages that are still open when a deploy has taken it from the server.
   *
   * @defaultValue 2097152
   */
  readonly maxLazyAssetBytes?: number
  /**
   * Milliseconds of patience: `store` for the visitor's database (then the page comes from the network), `offline` for a network
   * that does not answer (then a page that can start by itself does, and fills its holes when it answers), `answer` for the
   * headers of what follows any other shell (then the next rung of the ladder), `silence` between two pieces of it (then the
   * page reloads itself once). Firefox ends a worker's stream after 60 seconds in which its page says nothing.
   *
   * @defaultValue `{ store: 50, offline: 4000, answer: 10000, silence: 15000 }`
   */
  readonly deadlines?: Partial<Deadlines>
  /**
   * The most that a browser keeps of a site: `records` and their `bytes`, and the bytes of `images` that Next optimizes for stored
   * shells. Of records, what was not used for longest goes first, the shells of dynamic routes, which open every path, after all
   * others.
   *
   * @defaultValue `{ records: 500, bytes: 26214400, images: 5242880 }`
   */
  readonly budget?: Partial<Budget>
  /**
   * The page of the app that a visitor without a network gets in the place of those that are not stored, as a path without
   * `basePath`: one that was prerendered whole, or whose holes may stay open.
   *
   * @defaultValue a plain page that says so in English
   */
  readonly offline?: string
  /**
   * Whether a visitor without a network gets stored pages that are past their `expire`, too.
   *
   * @defaultValue `true`
   */
  readonly expiredOffline?: boolean
  /**
   * Paths, without `basePath`, below which the worker looks at the answers to POST, PUT, PATCH and DELETE for the header
   * `shell-cache-invalidate: <path or tag>, …`. Server actions are looked at in any case. Name no endpoint that streams for
   * longer than half a minute: Firefox ends what passes through a worker then.
   *
   * @defaultValue `[]`
   */
  readonly observe?: readonly string[]
  /**
   * When a new build's worker takes over: `'immediate'`ly, or when the page says so (`'prompt'`, by `applyUpdate()` of the
   * client). Until then old shells meet a new server, and their pages come from the network.
   *
   * @defaultValue `'immediate'`
   */
  readonly update?: 'immediate' | 'prompt'
  /**
   * How the worker gets what follows a shell. `'prefix'` takes the whole document and skips the shell's bytes in it: for hosts
   * where nothing of ours can run; the server does the work of a whole page, and pages that a guard stands before are the
   * network's. `'next-resume'` is the protocol of Next's platform guide to the letter (the raw postponed state as the body of
   * a POST), for platforms that implement it themselves; it needs `postponedState: 'raw'`.
   *
   * @defaultValue `'auto'`: the origin that this package brings, else the network's whole document
   */
  readonly transport?: Transport
  /**
   * What of a page's postponed state leaves the server. `'raw'` puts it into public files as it is: upstream responses and
   * their headers, all fields of cached results. It needs `transport: 'next-resume'`.
   *
   * @defaultValue `'sealed'`: only what the origin itself can open
   */
  readonly postponedState?: 'sealed' | 'raw'
  /**
   * Whether a server action that is sent from a page with a stored shell carries the shell's state, so that the page it
   * answers with is rendered from the same cached data.
   *
   * @defaultValue `false`: actions are Next's, untouched
   */
  readonly actions?: boolean
  /**
   * Takes the shell cache out of every browser that has it: the build emits a worker that removes itself and all that it
   * stored, and the client registers none.
   *
   * @defaultValue `false`
   */
  readonly uninstall?: boolean
}

export type Settings = Required<Omit<ShellCacheOptions, 'deadlines' | 'budget' | 'offline'>> & {
  readonly deadlines: Deadlines
  readonly budget: Budget
  readonly offline: string | undefined
}

const DEFAULTS: Settings = {
  routes: {},
  maxShellBytes: 512 * 1024,
  maxConcretePages: 200,
  maxLazyAssetBytes: 2 * 1024 * 1024,
  deadlines: { store: 50, offline: 4000, answer: 10_000, silence: 15_000 },
  budget: { records: 500, bytes: 25 * 1024 * 1024, images: 5 * 1024 * 1024 },
  offline: undefined,
  expiredOffline: true,
  observe: [],
  update: 'immediate',
  transport: 'auto',
  postponedState: 'sealed',
  actions: false,
  uninstall: false,
}
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
    maxLazyAssetBytes: pick('maxLazyAssetBytes', isCount, DEFAULTS.maxLazyAssetBytes, 'a number of bytes'),
    deadlines: {
      ...DEFAULTS.deadlines,
      ...pick('deadlines', isDeadlines, {}, 'an object of milliseconds with `store`, `offline`, `answer` or `silence`'),
    },
    budget: {
      ...DEFAULTS.budget,
      ...pick('budget', isBudget, {}, 'an object with a number of `records`, `bytes` or `images`'),
    },
    offline: pick('offline', isPath, DEFAULTS.offline, 'a path'),
    expiredOffline: pick('expiredOffline', isSwitch, DEFAULTS.expiredOffline, 'true or false'),
    observe: pick('observe', isPaths, DEFAULTS.observe, 'a list of paths'),
    update: pick('update', isUpdate, DEFAULTS.update, "'immediate' or 'prompt'"),
    ...togetherOnly(
      pick('transport', isTransport, DEFAULTS.transport, "'auto', 'prefix' or 'next-resume'"),
      pick('postponedState', isStateForm, DEFAULTS.postponedState, "'sealed' or 'raw'"),
      wrong,
    ),
    actions: pick('actions', isSwitch, DEFAULTS.actions, 'true or false'),
    uninstall: pick('uninstall', isSwitch, DEFAULTS.uninstall, 'true or false'),
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

type Disclosure = Pick<Settings, 'transport' | 'postponedState'>

/** Either of the two alone would be a slip: states in the open that nobody asks for, or a protocol without its states. */
function togetherOnly(
  transport: Settings['transport'],
  postponedState: Settings['postponedState'],
  wrong: Problem[],
): Disclosure {
  if ((transport === 'next-resume') === (postponedState === 'raw')) return { transport, postponedState }
  wrong.push(problems.halfOfNextResume)
  const { transport: safeTransport, postponedState: safeState } = DEFAULTS
  return { transport: safeTransport, postponedState: safeState }
}

function isTransport(value: unknown): value is Settings['transport'] {
  return value === 'auto' || value === 'prefix' || value === 'next-resume'
}

function isUpdate(value: unknown): value is Settings['update'] {
  return value === 'immediate' || value === 'prompt'
}

function isDeadlines(value: unknown): value is Partial<Deadlines> {
  return isObject(value) && Object.entries(value).every(([name, time]) => name in DEFAULTS.deadlines && isCount(time))
}

function isBudget(value: unknown): value is Partial<Budget> {
  return isObject(value) && Object.entries(value).every(([name, most]) => name in DEFAULTS.budget && isCount(most))
}

function isPaths(value: unknown): value is readonly string[] {
  return isArrayOf(value, isPath)
}

function isPath(value: unknown): value is string {
  return isString(value) && value.startsWith('/')
}

function isStateForm(value: unknown): value is Settings['postponedState'] {
  return value === 'sealed' || value === 'raw'
}

function isSwitch(value: unknown): value is boolean {
  return typeof value === 'boolean'
}
