// Proves that a wrong option is named and that all other options still work.

import { expect, it } from 'vitest'

import { toSettings } from './options.ts'
import { unknownNames } from './route-modes.ts'
import { toBuildKey } from '../output/build-key.ts'

it('uses the default for what is wrong and keeps the rest', () => {
  const { settings, wrong } = toSettings({
    routes: { '/a': 'sometimes', '/b': 'off' },
    maxShellBytes: 10,
    maxConcretePages: -1,
    timeouts: { store: '50ms', idle: 5000 },
    invalidateOn: ['/api', 'api'],
  })
  const defaults = toSettings({}).settings
  expect(settings).toEqual({
    ...defaults,
    routes: { '/b': 'off' },
    maxShellBytes: 10,
    timeouts: { ...defaults.timeouts, idle: 5000 },
  })
  expect(wrong.map(({ happened }) => happened)).toEqual([
    "The option `routes['/a']` is 'sometimes', not 'instant', 'gated' or 'off'.",
    'The option `maxConcretePages` is -1, not a number of pages.',
    "The option `timeouts.store` is '50ms', not a number of milliseconds.",
    "The option `invalidateOn[1]` is 'api', not a path.",
  ])
})

it.each([
  [{ timeouts: 3 }, 'The option `timeouts` is 3, not an object of milliseconds with'],
  [{ budget: null }, 'The option `budget` is null, not an object with a number of'],
  [{ offline: 'offline' }, "The option `offline` is 'offline', not a path."],
  [{ offline: undefined, maxShellBytes: 1.5 }, 'The option `maxShellBytes` is 1.5, not a number of bytes.'],
  [{ update: false }, "The option `update` is false, not 'immediate' or 'prompt'."],
  [{ invalidateOn: '/api' }, "The option `invalidateOn` is '/api', not a list of paths."],
  [
    { speculate: 'immediate' },
    "The option `speculate` is 'immediate', not true, false, 'conservative', 'moderate' or 'eager'.",
  ],
  [{ publicWorker: 'yes' }, "The option `publicWorker` is 'yes', not true, false or 'auto'."],
  [{ preload: 'no' }, "The option `preload` is 'no', not true or false."],
  [{ rollout: 2 }, 'The option `rollout` is 2, not a share from 0 to 1, as 0.05 is.'],
  [{ rollout: '5%' }, "The option `rollout` is '5%', not a share from 0 to 1, as 0.05 is."],
  [{ rollout: Number.NaN }, 'The option `rollout` is NaN, not a share from 0 to 1, as 0.05 is.'],
  [{ holdout: -0.1 }, 'The option `holdout` is -0.1, not a share from 0 to 1, as 0.05 is.'],
])('says what %o should be', (options, message) => {
  const { settings, wrong } = toSettings(options)
  expect(wrong).toHaveLength(1)
  expect(wrong[0]?.happened).toContain(message)
  expect(settings).toEqual(toSettings({}).settings)
})

it.each([
  [{ maxShellByte: 1 }, '`maxShellByte`', 'Did you mean `maxShellBytes`?'],
  [{ timeouts: { offlin: 3 } }, '`timeouts.offlin`', 'Did you mean `timeouts.offline`?'],
  [{ budget: { pictures: 3 } }, '`budget.pictures`', 'Remove it from the second argument of withShellCache().'],
  [{ cacheComponents: true }, '`cacheComponents`', 'Remove it from the second argument of withShellCache().'],
])('names what no option is called, in %o', (options, name, fix) => {
  expect(toSettings(options)).toEqual({
    settings: toSettings({}).settings,
    wrong: [{ happened: `There is no option ${name}.`, means: 'It changes nothing.', fix }],
  })
})

it('takes former names for a minor version, and says what they are called now', () => {
  const former = { deadlines: { store: 20, answer: 1000, silence: 5000 }, observe: ['/api/'] }
  const { settings, wrong } = toSettings(former)
  const today = { timeouts: { store: 20, response: 1000, idle: 5000 }, invalidateOn: ['/api/'] }
  expect(settings).toEqual(toSettings(today).settings)
  expect(wrong.map(({ happened }) => happened)).toEqual([
    'The option `deadlines` is now called `timeouts`, with `response` for `answer` and `idle` for `silence`.',
    'The option `observe` is now called `invalidateOn`.',
  ])
  expect(toSettings({ ...former, ...today, invalidateOn: ['/b'] }).settings.invalidateOn).toEqual(['/b'])
})

it('says of a wrong value under a former name what it should be', () => {
  expect(toSettings({ deadlines: 3 }).wrong.map(({ happened }) => happened)).toContain(
    'The option `timeouts` is 3, not an object of milliseconds with `store`, `offline`, `response` or `idle`.',
  )
})

it('says everything that is wrong at once', () => {
  const { wrong } = toSettings({ first: 1, second: 2, timeouts: { third: 3, fourth: 4, store: 'fifth' } })
  expect(wrong).toHaveLength(5)
})

it.each([{ transport: 'next-resume' }, { postponedState: 'raw' }])('refuses %o without its other half', (half) => {
  const { settings, wrong } = toSettings(half)
  expect(settings).toMatchObject({ transport: 'auto', postponedState: 'sealed' })
  expect(wrong.map(({ happened }) => happened)).toEqual([
    "`transport: 'next-resume'` and `postponedState: 'raw'` were not set together.",
  ])
})

it.each([{ rollout: 0.05 }, { holdout: 0.1 }, { rollout: 1 }])(
  'refuses %o beside a worker of the app’s own',
  (sharing) => {
    const { settings, wrong } = toSettings({ ...sharing, worker: './app/sw.ts', debug: true })
    expect(settings).toMatchObject({ rollout: undefined, holdout: 0, worker: './app/sw.ts', debug: true })
    expect(wrong.map(({ happened }) => happened)).toEqual(['`rollout` or `holdout` is set together with `worker`.'])
  },
)

it('names the routes that the app does not have', () => {
  const { settings } = toSettings({ routes: { '/about': 'off', '/abuot': 'off' } })
  expect(unknownNames(settings.routes, new Set(['/', '/about']))).toEqual(['/abuot'])
})

it('takes options that are no object for none', () => {
  expect(toSettings('instant')).toMatchObject({ settings: { maxConcretePages: 200 }, wrong: [{}] })
})

it('makes no key of a secret that could be guessed', () => {
  expect(toBuildKey('x'.repeat(31))).toBeUndefined()
  expect(toBuildKey('x'.repeat(32))?.generated).toBeUndefined()
  expect(toBuildKey(undefined)?.generated).toHaveLength(32)
  expect(toBuildKey('')?.generated).toHaveLength(32)
})
