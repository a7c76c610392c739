// Proves that the worker's draft mode cookie comes and goes with Next's, and that no other response is touched.

import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, it } from 'vitest'

import { draftCookie, tellDraft } from './draft-cookie.ts'

it.each([
  ['__prerender_bypass=abc; Path=/; HttpOnly; SameSite=lax', 'shell-cache-draft=1; Path=/; SameSite=Lax'],
  [
    '__prerender_bypass=abc; Path=/; HttpOnly; Secure; SameSite=none; Max-Age=60',
    'shell-cache-draft=1; Path=/; SameSite=Lax; Secure; Max-Age=60',
  ],
  [
    '__prerender_bypass=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly',
    'shell-cache-draft=; Path=/; Max-Age=0',
  ],
])('follows %s', (nexts, ours) => {
  expect(draftCookie(['a=1', nexts])).toBe(ours)
})

it('follows the last one, and nothing else', () => {
  expect(draftCookie(['__prerender_bypass=abc', '__prerender_bypass='])).toContain('Max-Age=0')
  expect(draftCookie(['session=__prerender_bypass=1', 'x__prerender_bypass=1'])).toBeUndefined()
  expect(draftCookie([])).toBeUndefined()
})

it.each<[string, string, string[], string[]]>([
  ['no cookies', '', [], []],
  ['others', 'a=1', ['a=1'], ['a=1']],
  [
    'draft mode',
    '',
    ['a=1', '__prerender_bypass=x'],
    ['a=1', '__prerender_bypass=x', 'shell-cache-draft=1; Path=/; SameSite=Lax'],
  ],
  ['a draft mode that goes on, of whichever app', 'shell-cache-draft=1; __prerender_bypass=x', [], []],
  ['a draft mode that is over', 'shell-cache-draft=1', ['a=1'], ['a=1', 'shell-cache-draft=; Path=/; Max-Age=0']],
])('adds to a response with %s what belongs to it', async (_name, cookie, set, expected) => {
  const server = createServer((incoming, response) => {
    tellDraft(incoming, response)
    for (const value of set) response.appendHeader('set-cookie', value)
    response.end('ok')
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const sent = get({ host: 'localhost', port: (server.address() as AddressInfo).port, headers: { cookie } })
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.resume()
  expect(response.headers['set-cookie'] ?? []).toEqual(expected)
  await once(server.close(), 'close')
})
