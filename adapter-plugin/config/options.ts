// Turns the options of withShellCache() into settings: applies defaults and reports what is wrong.

import { inspect } from 'node:util'

import { closestMatch } from 'leven'
import * as v from 'valibot'

import { isObject } from '../../protocol/json-shape.ts'
import { EAGERNESSES } from '../../protocol/page/eagerness.ts'
import type { Budget, Timeouts } from '../../protocol/build/worker-config.ts'
import { type Problem, problems } from '../errors.ts'
import { renameFormer } from './former-options.ts'
import type { ShellCacheOptions } from './shell-cache-options.ts'

type Other = 'timeouts' | 'budget' | 'offline' | 'worker' | 'rollout' | 'deadlines' | 'observe'

export type Settings = Required<Omit<ShellCacheOptions, Other>> & {
  readonly timeouts: Timeouts
  readonly budget: Budget
  readonly offline: string | undefined
  readonly worker: string | undefined
  readonly rollout: number | undefined
}

/** The message of a schema says what its value should be. It follows "is …, not ". */
const count = (unit: string) =>
  v.config(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), { message: `a number of ${unit}` })
const milliseconds = count('milliseconds')
const path = v.config(v.pipe(v.string(), v.startsWith('/')), { message: 'a path' })
const flag = v.boolean('true or false')
const share = v.config(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), { message: 'a share from 0 to 1, as 0.05 is' })

const NESTED = {
  timeouts: v.strictObject(
    {
      store: v.optional(milliseconds, 50),
      offline: v.optional(milliseconds, 4000),
      response: v.optional(milliseconds, 10_000),
      idle: v.optional(milliseconds, 15_000),
    },
    'an object of milliseconds with `store`, `offline`, `response` or `idle`',
  ),
  budget: v.strictObject(
    {
      records: v.optional(count('records'), 500),
      bytes: v.optional(count('bytes'), 25 * 1024 * 1024),
      images: v.optional(count('bytes'), 5 * 1024 * 1024),
      install: v.optional(count('bytes')),
    },
    'an object with a number of `records`, `bytes`, `images` or `install`',
  ),
}

/** {@link ShellCacheOptions} as a schema. */
const SCHEMA = v.strictObject({
  routes: v.optional(
    v.record(
      v.string(),
      v.picklist(['instant', 'gated', 'off'], "'instant', 'gated' or 'off'"),
      "a map from route patterns to 'instant', 'gated' or 'off'",
    ),
    {},
  ),
  maxShellBytes: v.optional(count('bytes'), 512 * 1024),
  maxConcretePages: v.optional(count('pages'), 200),
  maxLazyAssetBytes: v.optional(count('bytes'), 2 * 1024 * 1024),
  timeouts: v.optional(NESTED.timeouts, {}),
  budget: v.optional(NESTED.budget, {}),
  offline: v.optional(path),
  expiredOffline: v.optional(flag, true),
  offlineCopies: v.optional(v.array(path, 'a list of paths'), []),
  staleHoles: v.optional(flag, false),
  invalidateOn: v.optional(v.array(path, 'a list of paths'), []),
  update: v.optional(v.picklist(['immediate', 'prompt'], "'immediate' or 'prompt'"), 'immediate'),
  transport: v.optional(v.picklist(['auto', 'prefix', 'next-resume'], "'auto', 'prefix' or 'next-resume'"), 'auto'),
  preload: v.optional(flag, true),
  earlyStart: v.optional(flag, true),
  dictionary: v.optional(flag, true),
  postponedState: v.optional(v.picklist(['sealed', 'raw'], "'sealed' or 'raw'"), 'sealed'),
  actions: v.optional(flag, false),
  register: v.optional(flag, true),
  speculate: v.optional(
    v.union([v.boolean(), v.picklist(EAGERNESSES)], "true, false, 'conservative', 'moderate' or 'eager'"),
    false,
  ),
  worker: v.optional(v.config(v.pipe(v.string(), v.nonEmpty()), { message: 'the path of a file' })),
  publicWorker: v.optional(v.union([v.boolean(), v.literal('auto')], "true, false or 'auto'"), 'auto'),
  rollout: v.optional(share),
  holdout: v.optional(share, 0),
  inspector: v.optional(flag, false),
  debug: v.optional(flag, false),
  uninstall: v.optional(flag, false),
})

/** Every option's name, in the order of the README's table. */
export const OPTION_NAMES: readonly string[] = Object.keys(SCHEMA.entries)

/** Options from a config file, and what is wrong about them. A wrong option falls back to its default; the others are kept. */
export function toSettings(options: unknown): { readonly settings: Settings; readonly wrong: readonly Problem[] } {
  if (!isObject(options)) {
    const { settings } = toSettings({})
    return { settings, wrong: [problems.badOption('The options are not an object.')] }
  }
  const { options: today, former } = renameFormer(options)
  const { said, wrong } = withoutWrong(today)
  const together = togetherOnly(said)
  const shares = withOurWorkerOnly(said)
  return {
    settings: { ...said, offline: said.offline, worker: said.worker, ...together.disclosure, ...shares.shares },
    wrong: [...former, ...wrong, ...together.wrong, ...shares.wrong],
  }
}

type Understood = { readonly said: v.InferOutput<typeof SCHEMA>; readonly wrong: readonly Problem[] }
type Issue = v.InferIssue<typeof SCHEMA>
type Keys = readonly unknown[]

/** Removes one wrong value after the other until the rest is valid. */
function withoutWrong(options: unknown): Understood {
  const parsed = v.safeParse(SCHEMA, options)
  if (parsed.success) return { said: parsed.output, wrong: [] }
  const [issue] = parsed.issues
  const keys = issue.path?.map(({ key }) => key) ?? []
  const { said, wrong } = withoutWrong(without(options, keys))
  return { said, wrong: [toProblem(issue, keys), ...wrong] }
}

/** Removes a list as a whole: without one of its items it would mean something else. */
function without(value: unknown, [key, ...inner]: Keys): unknown {
  if (!isObject(value)) return undefined
  const rest = Object.entries(value).filter(([name]) => name !== key)
  const left = inner.length > 0 && isObject(value[String(key)]) ? [[key, without(value[String(key)], inner)]] : []
  return Object.fromEntries([...rest, ...left])
}

function toProblem({ expected, input, message }: Issue, keys: Keys): Problem {
  const name = nameOf(keys)
  // A strict object reports an unknown name like this.
  if (expected === 'never') return problems.unknownOption(name, closestName(keys))
  return problems.badOption(`The option \`${name}\` is ${inspect(input, ON_ONE_LINE)}, not ${message}.`)
}

const ON_ONE_LINE = { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 3, maxStringLength: 60 }

/** As code has it: `timeouts.offline`, `routes['/a']`, `invalidateOn[0]`. */
function nameOf([first, ...inner]: Keys): string {
  const steps = inner.map((key) => (/^[a-z]\w*$/i.test(String(key)) ? `.${String(key)}` : `[${inspect(key)}]`))
  return [String(first), ...steps].join('')
}

/** A name with more differences than this is another word. */
const MOST_SLIPS = 3

function closestName(keys: Keys): string | undefined {
  const [first, inner] = keys.map(String)
  const known = inner === undefined ? OPTION_NAMES : Object.keys(isNested(first) ? NESTED[first].entries : {})
  const closest = closestMatch(inner ?? first ?? '', known, { maxDistance: MOST_SLIPS })
  return closest === undefined ? undefined : nameOf([...keys.slice(0, -1), closest])
}

function isNested(name: string | undefined): name is keyof typeof NESTED {
  return name !== undefined && name in NESTED
}

type Disclosure = Pick<Settings, 'transport' | 'postponedState'>

/** Either of the two alone is a mistake: public states that nothing uses, or a protocol without its states. */
function togetherOnly({ transport, postponedState }: Disclosure): {
  readonly disclosure: Disclosure
  readonly wrong: readonly Problem[]
} {
  const isWhole = (transport === 'next-resume') === (postponedState === 'raw')
  if (isWhole) return { disclosure: { transport, postponedState }, wrong: [] }
  return { disclosure: { transport: 'auto', postponedState: 'sealed' }, wrong: [problems.halfOfNextResume] }
}

type Sharing = Pick<Settings, 'rollout' | 'holdout'>

/** The app's own worker would come and go with the share, and so would its push subscriptions. */
function withOurWorkerOnly({ rollout, holdout, worker }: Pick<Understood['said'], 'rollout' | 'holdout' | 'worker'>): {
  readonly shares: Sharing
  readonly wrong: readonly Problem[]
} {
  const isForAll = rollout === undefined && holdout === 0
  if (isForAll || worker === undefined) return { shares: { rollout, holdout }, wrong: [] }
  return { shares: { rollout: undefined, holdout: 0 }, wrong: [problems.sharedOwnWorker] }
}
