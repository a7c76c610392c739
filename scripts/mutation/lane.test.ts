// Proves what counts as killed: a failed test in a run that loaded the mutant, and nothing else. A run without results must not count
// as a success.

import { expect, it } from 'vitest'
import type { TestModule } from 'vitest/node'

import { judge } from './lane.mjs'

type Result = { readonly state: 'passed' | 'failed' | 'skipped'; readonly errors?: readonly { message: string }[] }

/** The part of a test file's report that is read. */
function moduleOf(results: readonly Result[], errors: readonly string[] = []): TestModule {
  const allTests = () => results.map((result) => ({ result: () => result }))
  return { children: { allTests }, errors: () => errors.map((message) => ({ message })) } as unknown as TestModule
}
const failed = (message: string): Result => ({ state: 'failed', errors: [{ message }] })
const [passed, skipped] = [{ state: 'passed' }, { state: 'skipped' }] as const

it('takes a failed test for a kill, and only passed ones for a survivor', () => {
  expect(judge([moduleOf([passed, failed('expected 1 to be 2'), skipped])], true, [])).toEqual({ kind: 'killed' })
  expect(judge([moduleOf([passed, skipped])], true, [])).toEqual({ kind: 'survived' })
  expect(judge([moduleOf([failed('late'), failed('Test timed out in 5ms.')])], true, [])).toEqual({ kind: 'killed' })
})

it.each<[string, readonly TestModule[], boolean, readonly unknown[], string]>([
  ['a test file that does not load', [moduleOf([], ['Unexpected token'])], true, [], 'did not load: Unexpected token'],
  ['a module that no test loads', [moduleOf([passed])], false, [], 'does not load the module'],
  ['a failure of a test that does not load the module', [moduleOf([failed('x')])], false, [], 'does not load'],
  ['no report', [], true, [], 'no test ran'],
  ['no test of that name', [moduleOf([skipped])], true, [], 'no test ran'],
  [
    'a test that ran out of its time',
    [moduleOf([failed('Test timed out in 30000ms.\n')])],
    true,
    [],
    'out of its time',
  ],
  ['a hook that ran out of its time', [moduleOf([failed('Hook timed out in 30000ms.')])], true, [], 'out of its time'],
  ['an error outside of all tests', [moduleOf([passed])], true, [new Error('x')], 'outside of all tests'],
])('takes %s neither for a kill nor for a survivor', (_name, modules, isLoaded, unhandled, why) => {
  const outcome = judge(modules, isLoaded, unhandled)
  expect(outcome).toMatchObject({ kind: 'broken', why: expect.stringContaining(why) })
})
