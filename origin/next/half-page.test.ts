// Proves that half a page, Next's response to a form, becomes a redirect to the page, and that no other response is touched.

import type { ServerResponse } from 'node:http'

import { expect, it } from 'vitest'

import { listen } from '../test-app.ts'
import { isEarlyForm, redirectHalfPage } from './half-page.ts'

const FORM = { method: 'POST', body: new URLSearchParams({ a: '1' }), redirect: 'manual' } as const

type Sent = {
  readonly status: number
  readonly location: string | null
  readonly cookie: string | null
  readonly body: string
}

/** What a client gets for a request that is answered in this way. */
async function sent(
  answer: (response: ServerResponse) => void,
  init: RequestInit = FORM,
  path = '/p?a=1',
): Promise<Sent> {
  await using http = await listen((incoming, response) => {
    if (isEarlyForm(incoming)) redirectHalfPage(incoming, response)
    answer(response)
  })
  const got = await fetch(http.url + path, init)
  const [location, cookie] = [got.headers.get('location'), got.headers.get('set-cookie')]
  return { status: got.status, location, cookie, body: await got.text() }
}

/** Writes a page as Next does when it continues one. */
const page =
  (html: string, { status = 200, type = 'text/html; charset=utf-8', isPrerendered = true } = {}) =>
  (response: ServerResponse): void => {
    response.statusCode = status
    response.setHeader('set-cookie', 'cart=1')
    response.setHeader('content-type', type)
    if (isPrerendered) response.setHeader('x-nextjs-prerender', '1')
    response.flushHeaders()
    response.write(Buffer.from(html))
    response.write('more')
    response.end()
  }

const HALF = '<script>push()</script>'

it('sends the browser to the page, with the cookies', async () => {
  expect(await sent(page(HALF))).toEqual({
    status: 303,
    location: '/p?a=1',
    cookie: 'cart=1',
    body: '',
  })
})

it.each<[string, (response: ServerResponse) => void]>([
  ['a whole document', page('<!DOCTYPE html><p>')],
  ['what is not prerendered', page(HALF, { isPrerendered: false })],
  ['what is no document', page(HALF, { type: 'text/plain' })],
  ['an error', page(HALF, { status: 500 })],
])('leaves %s as it is', async (_what, answer) => {
  const { status, location, body } = await sent(answer)
  expect([status === 303, location, body.endsWith('more')]).toEqual([false, null, true])
})

it('leaves an answer without a byte as it is', async () => {
  const empty = await sent((response) => {
    response.setHeader('content-type', 'text/html')
    response.setHeader('x-nextjs-prerender', '1')
    response.end()
  })
  expect([empty.status, empty.location]).toEqual([200, null])
})

it.each<[string, RequestInit, string?]>([
  ['a page that is opened', { redirect: 'manual' }],
  ['an action of a page that runs', { ...FORM, headers: { 'next-action': 'x' } }],
  ['another kind of body', { ...FORM, body: '{}', headers: { 'content-type': 'application/json' } }],
  ['a target that would lead to another host', FORM, '//other.test/'],
])('looks at no answer to %s', async (_what, init, path) => {
  const { status, body } = await sent(page(HALF), init, path)
  expect([status, body]).toEqual([200, `${HALF}more`])
})
