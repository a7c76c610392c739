// Proves the contract that React's useSyncExternalStore requires of a store. Registration itself needs a browser: e2e tests it.

import { expect, it } from 'vitest'

import { createStateStore } from './state.ts'

it('gives the same object until the state changes', () => {
  const store = createStateStore({ status: 'registering' })
  expect(store.get()).toBe(store.get())
  store.set({ status: 'waiting' })
  expect(store.get()).toMatchObject({ status: 'waiting' })
})

it('keeps what it knows of the page beside what it knows of the worker', () => {
  const store = createStateStore({ status: 'registering' })
  store.setPage({ offline: true, stale: true, age: 7, copyAge: 3 })
  store.set({ status: 'active', buildId: 'b', records: 3 })
  expect(store.get().offlineReady).toBe(true)
  store.set({ status: 'waiting' })
  expect(store.get()).toEqual({
    status: 'waiting',
    offline: true,
    stale: true,
    age: 7,
    copyAge: 3,
    offlineReady: false,
  })
})

it('tells every listener of each change until it leaves', () => {
  const store = createStateStore({ status: 'registering' })
  const heard: string[] = []
  const leave = store.subscribe(() => heard.push(`a ${store.get().status}`))
  store.subscribe(() => heard.push(`b ${store.get().status}`))
  store.set({ status: 'waiting' })
  leave()
  store.set({ status: 'unsupported' })
  expect(heard).toEqual(['a waiting', 'b waiting', 'b unsupported'])
})
