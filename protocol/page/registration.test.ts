// Proves how to tell that a page registers the worker. e2e proves that real builds have it (forgotten.spec.ts).

import { expect, it } from 'vitest'

import { hasComponent, mayRegister } from './registration.ts'

it('knows the component by its script, below any base path', () => {
  expect(hasComponent('<script src="/docs/_next/static/shell-cache/watch.AbC.js" async="">')).toBe(true)
  expect(hasComponent('<script src="/_next/static/chunks/watch.js"><p>/_next/static/shell-cache/sw.js')).toBe(false)
})

it('knows a registration by our client or by the worker’s name', () => {
  expect(mayRegister('e.messageSW({type:"shell-cache:status"})')).toBe(true)
  expect(mayRegister('navigator.serviceWorker.register("/docs/sw.js")')).toBe(true)
  expect(mayRegister('navigator.serviceWorker.register("/push.js")')).toBe(false)
})
