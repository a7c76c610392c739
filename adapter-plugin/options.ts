// The options of withShellCache() as settings, and how they reach the adapter: Next loads the adapter by its path, in the same process as
// the config, so they wait on the global object.

import { isArrayOf, isCount, isObject, isString } from '../protocol/json-shape.ts'
import type { Mode } from '../protocol/route-match.ts'
import type { Budget, Deadlines } from '../protocol/worker-config.ts'
import { type Problem, problems } from './errors.ts'
import type { ShellCacheOptions } from './shell-cache-options.ts'

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
  preload: true,
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
    preload: pick('preload', isSwitch, DEFAULTS.preload, 'true or false'),
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
