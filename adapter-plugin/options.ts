// The options of withShellCache() as settings, and how they reach the adapter: Next loads the adapter by its path, in the same
// process as the config, so they wait on the global object.

import * as v from 'valibot'

import { isObject } from '../protocol/json-shape.ts'
import type { Budget, Deadlines } from '../protocol/worker-config.ts'
import { type Problem, problems } from './errors.ts'
import type { ShellCacheOptions } from './shell-cache-options.ts'

export type Settings = Required<Omit<ShellCacheOptions, 'deadlines' | 'budget' | 'offline'>> & {
  readonly deadlines: Deadlines
  readonly budget: Budget
  readonly offline: string | undefined
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const path = v.pipe(v.string(), v.startsWith('/'))
const flag = v.boolean()

/** What {@link ShellCacheOptions} says to people, for the machine. */
const SCHEMA = v.object({
  routes: v.optional(v.record(v.string(), v.picklist(['instant', 'gated', 'off'])), {}),
  maxShellBytes: v.optional(count, 512 * 1024),
  maxConcretePages: v.optional(count, 200),
  maxLazyAssetBytes: v.optional(count, 2 * 1024 * 1024),
  deadlines: v.optional(
    v.strictObject({
      store: v.optional(count, 50),
      offline: v.optional(count, 4000),
      answer: v.optional(count, 10_000),
      silence: v.optional(count, 15_000),
    }),
    {},
  ),
  budget: v.optional(
    v.strictObject({
      records: v.optional(count, 500),
      bytes: v.optional(count, 25 * 1024 * 1024),
      images: v.optional(count, 5 * 1024 * 1024),
    }),
    {},
  ),
  offline: v.optional(path),
  expiredOffline: v.optional(flag, true),
  observe: v.optional(v.array(path), []),
  update: v.optional(v.picklist(['immediate', 'prompt']), 'immediate'),
  transport: v.optional(v.picklist(['auto', 'prefix', 'next-resume']), 'auto'),
  preload: v.optional(flag, true),
  postponedState: v.optional(v.picklist(['sealed', 'raw']), 'sealed'),
  actions: v.optional(flag, false),
  inspector: v.optional(flag, false),
  debug: v.optional(flag, false),
  uninstall: v.optional(flag, false),
})

type Name = keyof v.InferInput<typeof SCHEMA>

const FORMS: Readonly<Record<Name, string>> = {
  routes: "a map from route patterns to 'instant', 'gated' or 'off'",
  maxShellBytes: 'a number of bytes',
  maxConcretePages: 'a number of pages',
  maxLazyAssetBytes: 'a number of bytes',
  deadlines: 'an object of milliseconds with `store`, `offline`, `answer` or `silence`',
  budget: 'an object with a number of `records`, `bytes` or `images`',
  offline: 'a path',
  expiredOffline: 'true or false',
  observe: 'a list of paths',
  update: "'immediate' or 'prompt'",
  transport: "'auto', 'prefix' or 'next-resume'",
  preload: 'true or false',
  postponedState: "'sealed' or 'raw'",
  actions: 'true or false',
  inspector: 'true or false',
  debug: 'true or false',
  uninstall: 'true or false',
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
  if (!isObject(options)) {
    const { settings } = toSettings({})
    return { settings, wrong: [problems.badOption('The options are not an object.')] }
  }
  const names = Object.keys(FORMS).filter(isName)
  const bad = names.filter((name) => !v.safeParse(SCHEMA.entries[name], options[name]).success)
  const good = Object.entries(options).filter(([name]) => !bad.some((other) => other === name))
  const said = v.parse(SCHEMA, Object.fromEntries(good))
  const unknown = Object.keys(options).filter((name) => !isName(name))
  const together = togetherOnly(said)
  return {
    settings: { ...said, offline: said.offline, ...together.disclosure },
    wrong: [
      ...bad.map((name) => problems.badOption(`The option \`${name}\` is not ${FORMS[name]}.`)),
      ...together.wrong,
      ...unknown.map((name) => problems.badOption(`There is no option \`${name}\`.`)),
    ],
  }
}

function isName(name: string): name is Name {
  return name in FORMS
}

/** Routes that an option names and the app does not have: a slip of the pen there would leave a page as it was. */
export function unknownRoutes({ routes }: Settings, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(routes).filter((pattern) => !known.has(pattern))
}

type Disclosure = Pick<Settings, 'transport' | 'postponedState'>

/** Either of the two alone would be a slip: states in the open that nobody asks for, or a protocol without its states. */
function togetherOnly({ transport, postponedState }: Disclosure): {
  readonly disclosure: Disclosure
  readonly wrong: readonly Problem[]
} {
  const isWhole = (transport === 'next-resume') === (postponedState === 'raw')
  if (isWhole) return { disclosure: { transport, postponedState }, wrong: [] }
  return { disclosure: { transport: 'auto', postponedState: 'sealed' }, wrong: [problems.halfOfNextResume] }
}
