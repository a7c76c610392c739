// Proves that a path which a route's shell does not fit costs one reload, that a few of them are enough, and that nothing is held against a
// newer shell.

import { expect, it } from 'vitest'

import { resumingRecord } from '../util/test-worker.ts'
import { isMisfit, noteFit, noteMisfit } from './misfits.ts'

it('holds against a route’s shell the paths that it did not fit, and all of them after the second', () => {
  const [shell, newer] = [resumingRecord('/p/[slug]'), resumingRecord('/p/[slug]', 'build', '<html>newer')]
  expect(isMisfit('/p/a', shell)).toBe(false)
  noteMisfit('/p/a', shell)
  noteMisfit('/p/a', shell)
  expect([isMisfit('/p/a', shell), isMisfit('/p/b', shell)]).toEqual([true, false])
  noteMisfit('/p/b', shell)
  expect([isMisfit('/p/b', shell), isMisfit('/p/c', shell)]).toEqual([true, true])
  expect(isMisfit('/p/a', newer)).toBe(false)
})

it('shows a shell unasked again that has fitted', () => {
  const shell = resumingRecord('/p/a')
  noteMisfit('/p/a', shell)
  expect(isMisfit('/p/a', shell)).toBe(true)
  noteFit('/p/a', shell)
  expect(isMisfit('/p/a', shell)).toBe(false)
})
