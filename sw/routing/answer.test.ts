// Proves that a server that asks for a password is left to the browser, once for each time that it asks. That the browser opens its dialog
// is shown by e2e (challenges.spec.ts).

import { expect, it } from 'vitest'

import { isLeftToBrowser, orPastWorker } from './answer.ts'

const URL_ASKED = 'https://shop.test/account?tab=2'
const visit = { url: URL_ASKED, mode: 'navigate' } as Request
const asks = (status = 401): Response =>
  new Response('Sign in', { status, headers: { 'www-authenticate': 'Basic realm="staging"' } })

it('sends the navigation once more, past the worker', () => {
  const answer = orPastWorker(visit, asks())
  expect([answer.status, answer.headers.get('location')]).toEqual([307, URL_ASKED])
  expect(isLeftToBrowser({ url: 'https://shop.test/', mode: 'navigate' })).toBe(false)
  expect(isLeftToBrowser({ url: URL_ASKED, mode: 'cors' })).toBe(false)
  expect(isLeftToBrowser(visit)).toBe(true)
  expect(isLeftToBrowser(visit)).toBe(false)
})

it.each([
  ['a page', new Response('page')],
  ['a 401 of the app that names no way to sign in', new Response('no', { status: 401 })],
  ['another status', asks(403)],
])('hands on %s', (_name, answer) => {
  expect(orPastWorker(visit, answer)).toBe(answer)
  expect(isLeftToBrowser(visit)).toBe(false)
})
