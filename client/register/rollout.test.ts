// Proves that a browser's number is drawn once and kept, and that it is the last one if none can be stored. e2e tests that it decides
// whether the browser gets the worker.

import { expect, it } from 'vitest'

import { getsWorker, LAST_NUMBER } from '../../protocol/page/rollout.ts'
import { ownNumber } from './rollout.ts'

function memory(): Pick<Storage, 'getItem' | 'setItem'> & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

it('draws once, and for each app of an origin', () => {
  const storage = memory()
  const drawn = [0.3, 0.8, 0.1]
  const draw = (scope: string): number => ownNumber(scope, storage, () => drawn.shift() ?? 0)
  expect([draw('/'), draw('/'), draw('/docs'), draw('/')]).toEqual([300, 300, 800, 300])
  expect([...storage.kept.values()]).toEqual(['300', '800'])
})

it('draws again if a script has written something else', () => {
  const storage = memory()
  ownNumber('/', storage, () => 0.3)
  for (const key of storage.kept.keys()) storage.kept.set(key, '<script>')
  expect(ownNumber('/', storage, () => 0.8)).toBe(800)
})

it('takes what is there if another tab has drawn meanwhile', () => {
  const storage = memory()
  const first = {
    ...storage,
    setItem: (key: string, value: string) => void (storage.kept.has(key) || storage.kept.set(key, value)),
  }
  const second = (): number => ownNumber('/', first, () => 0.1)
  const random = (): number => (second(), 0.9)
  expect(ownNumber('/', first, random)).toBe(100)
})

const refuses = (): never => {
  throw new DOMException('no storage', 'SecurityError')
}

it.each([
  ['none', undefined],
  ['one that throws', { getItem: refuses, setItem: refuses }],
  ['one that keeps nothing', { getItem: () => null, setItem: () => {} }],
  ['one that is full', { getItem: () => null, setItem: refuses }],
])('waits until every browser has the worker if there is no storage: %s', (_name, storage) => {
  const number = ownNumber('/', storage, () => 0)
  expect(number).toBe(LAST_NUMBER)
  expect(getsWorker(number, { rollout: 0.99, holdout: 0 })).toBe(false)
  expect(getsWorker(number, { rollout: 1, holdout: 0 })).toBe(true)
})
