// Proves that progress is shown only in a terminal, and that its line is gone when the result is printed.

import { expect, it } from 'vitest'

import { progressOn } from './progress.ts'

it('overwrites its line, and takes it away at the end', () => {
  const written: string[] = []
  const progress = progressOn({ isTTY: true, write: (text) => written.push(text) })
  progress.step('Asking for the worker')
  progress.step('Asking for a page')
  progress.end()
  expect(written).toEqual(['\r\u001b[KAsking for the worker …', '\r\u001b[KAsking for a page …', '\r\u001b[K'])
})

it('says nothing to a file', () => {
  const written: string[] = []
  const progress = progressOn({ write: (text) => written.push(text) })
  progress.step('Asking for the worker')
  progress.end()
  expect(written).toEqual([])
})
