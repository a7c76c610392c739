// Proves that no work continues after a refusal, and that what can never be a page is not even begun. With a real Next, and with what its
// handlers stream: e2e/specs/security/refused-work.spec.ts.

import type { ServerResponse } from 'node:http'

import { expect, it } from 'vitest'

import { BUILD } from '../test-app.ts'
import { startOrigin, verdict } from '../test-origin.ts'

const ANSWERS: readonly (readonly [name: string, answer: (response: ServerResponse) => void])[] = [
  ['writes a head', (response) => response.writeHead(403)],
  ['flushes a head', (response) => response.flushHeaders()],
  ['writes a body', (response) => response.write('data: first')],
  ['ends', (response) => response.end('done')],
  ['fails', (response) => response.writeHead(500).end()],
  ['knows no such page', (response) => response.writeHead(404).end()],
  ['redirects', (response) => response.writeHead(307, { location: '/login' }).end()],
]

it.each(ANSWERS)('tells Next that the client has gone if it %s', async (_name, answer) => {
  const told: (boolean | undefined)[] = []
  const after: { readonly isDestroyed: boolean; readonly takesMore: boolean }[] = []
  const otherwise = (_incoming: unknown, response: ServerResponse): void => {
    response.on('close', () => told.push(response.writableFinished))
    answer(response)
    // For code that looks before it listens.
    after.push({ isDestroyed: response.destroyed, takesMore: response.write('more') })
    response.end()
  }
  await using app = await startOrigin({ find: () => undefined, otherwise })
  for (const headers of [app.reference(app.home), { 'shell-cache-record': BUILD }]) {
    const response = await app.send('/', { headers })
    expect(verdict(response)).toMatch(/^refused/)
    expect(await response.text()).toBe('')
    expect(told.splice(0)).toEqual([false])
    expect(after.splice(0)).toEqual([{ isDestroyed: true, takesMore: false }])
  }
})

it('tells Next that the client has gone if its page is refused', async () => {
  const told: (boolean | undefined)[] = []
  await using app = await startOrigin({
    before: (_incoming, response) => response.on('close', () => told.push(response.writableFinished)),
  })
  await app.send('/p/b', { headers: app.reference(app.a) })
  expect(told).toEqual([false])
})

it('asks Next for no path that only a handler can answer', async () => {
  const routes = [
    { pattern: '/feed/[id]', mode: 'off', route: '/feed/[id]', isFinal: true },
    { pattern: '/api/[id]', mode: 'off', route: '/api/[id]', isFinal: false },
    { pattern: '/', mode: 'instant', route: '/' },
  ]
  await using app = await startOrigin({}, { routes, basePath: '/docs' })
  for (const headers of [app.reference(app.home), { 'shell-cache-record': BUILD }]) {
    for (const path of ['/docs/feed/1', '/docs/feed/%31/?a=1'])
      expect(verdict(await app.send(path, { headers }))).toBe('refused; reason=route')
  }
  expect(app.requests()).toBe(0)
  // A rule may lead these paths elsewhere: only Next knows.
  for (const path of ['/docs/api/1', '/feed/1', '/docs/other'])
    expect(verdict(await app.send(path, { headers: app.reference(app.home) }))).toBe('refused; reason=absent')
  expect(app.requests()).toBe(3)
})
