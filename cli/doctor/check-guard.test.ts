// Proves what counts as a login in front of a public page, with a real server.

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

import { expect, it } from 'vitest'

import { checkGuard, visitAll } from './check-guard.ts'

/** A server whose pages answer as their names say. */
async function startSite(): Promise<AsyncDisposable & { readonly url: (path: string) => URL }> {
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/401': (response) => void response.writeHead(401, { 'www-authenticate': 'Basic' }).end(),
    '/403': (response) => void response.writeHead(403).end(),
    '/login': (response) => void response.writeHead(307, { location: '/signin?to=/login' }).end(),
    '/elsewhere': (response) => void response.writeHead(302, { location: 'https://id.test/' }).end(),
    '/slash': (response) => void response.writeHead(308, { location: '/slash/' }).end(),
    '/guarded': (response) => void response.writeHead(308, { location: '/guarded/' }).end(),
    '/guarded/': (response) => void response.writeHead(401).end(),
  }
  const server = createServer(({ url = '' }, response) => (answers[url] ?? (() => response.end('page')))(response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: (path) => new URL(path, `http://127.0.0.1:${address.port}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

it.each([
  ['/401', 'gets status 401'],
  ['/403', 'gets status 403'],
  ['/login', 'is sent to /signin?to=/login'],
  ['/elsewhere', 'is sent to https://id.test/'],
  ['/guarded', 'gets status 401'],
])('says that %s is guarded', async (path, how) => {
  await using site = await startSite()
  const { status, message, fix } = checkGuard(await visitAll([site.url('/'), site.url(path)]))
  expect({ status, message }).toEqual({ status: 'fail', message: expect.stringMatching(`^${path}: .* cookies `) })
  expect(message).toContain(how)
  expect(fix).toContain(`routes: { '${path}': 'gated' }`)
})

it('counts the pages that are guarded, and names some', async () => {
  await using site = await startSite()
  const urls = ['/', '/401', '/403', '/login', '/elsewhere'].map((path) => site.url(path))
  const { message, fix } = checkGuard(await visitAll(urls))
  expect(message).toMatch(/^\/401, \/403, \/login and 1 more: /)
  expect(fix).toContain("'/**': 'gated'")
})

it('finds none if everybody gets the page, in whichever form of a trailing slash', async () => {
  await using site = await startSite()
  const visited = await visitAll([site.url('/'), site.url('/slash')])
  expect(checkGuard(visited)).toEqual({
    name: 'guard',
    status: 'pass',
    message: 'All 2 public pages are for everybody.',
  })
})
