// Proves that an action that follows a state reaches Next as itself, with state and body apart, and that nothing of it reaches Next if
// anything is wrong: a refused action is sent again, and must not have run.

import type { IncomingMessage } from 'node:http'

import { expect, it } from 'vitest'

import { sealFor } from '../../seal/test-seal.ts'
import { BUILD, digestFor } from '../test-app.ts'
import type { Found } from '../test-next.ts'
import { startOrigin, verdict } from '../test-origin.ts'

const META = Symbol.for('NextInternalRequestMeta')
const ACTION = { 'next-action': 'a1', 'content-type': 'text/plain;charset=UTF-8', origin: 'http://localhost' }

type Shown = {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly postponed: unknown
  readonly body: string
}

async function start(
  manifest: object = { actionBytes: 100 },
  find: (path: string) => Found | undefined = () => undefined,
) {
  const shown: Shown[] = []
  const app = await startOrigin(
    {
      find,
      otherwise(incoming, response) {
        const { method, url, headers } = incoming
        const { postponed, actionBody } = Reflect.get(incoming, META) ?? {}
        shown.push({ method, url, headers, postponed, body: String(actionBody) })
        response.setHeader('content-type', 'text/x-component')
        response.end('acted')
      },
    },
    manifest,
  )
  return Object.assign(app, { shown })
}

const stateLength = (bytes: number) => ({ 'x-next-resume-state-length': String(bytes) })

it('hands state and body to Next, and lets its answer out as it is', async () => {
  const page = { route: '/p/[slug]', params: { slug: 'a' }, shell: '<html>older', postponed: 'carried' }
  let found: Found | undefined = page
  await using app = await start({ actionBytes: 100 }, () => found)
  const digest = digestFor('<html>older', 'carried')
  await app.send('/p/a', { headers: { 'shell-cache-record': BUILD } })
  found = undefined
  const seal = sealFor({ basePath: '', buildId: BUILD, key: '/p/a', route: '/p/[slug]', digest }, 'carried')
  const body = new Uint8Array([...seal, ...new TextEncoder().encode('["käse"]')])
  const headers = { ...ACTION, ...app.reference(digest), ...stateLength(seal.length), cookie: 'a=1', rsc: '1' }
  const response = await app.send('/p/a?x=1&nxtPslug=y', { headers, body })
  expect(await response.text()).toBe('acted')
  expect(verdict(response)).toBe(`resumed; shell=${digest}; current=${app.a}`)
  expect(app.shown).toHaveLength(1)
  expect(app.shown[0]).toMatchObject({
    method: 'POST',
    url: '/p/a?x=1',
    postponed: 'carried',
    body: '["käse"]',
    headers: { ...ACTION, cookie: 'a=1' },
  })
  const names = Object.keys(app.shown[0]?.headers ?? {})
  expect(names.filter((name) => /^(shell-cache|x-next-resume|content-length|sec-fetch)/.test(name))).toEqual([
    'sec-fetch-mode',
  ])
})

it('names a known state by its digest alone', async () => {
  await using app = await start()
  await app.send('/p/a', { headers: { ...ACTION, ...app.reference(app.a), ...stateLength(0) }, body: '[]' })
  expect(app.shown).toMatchObject([{ postponed: 'a', body: '[]' }])
})

it('leaves plain actions to Next, untouched', async () => {
  await using app = await start()
  const response = await app.send('/p/a', { headers: ACTION, body: '[]' })
  expect(verdict(response)).toBeNull()
  expect(app.shown).toMatchObject([{ method: 'POST', postponed: undefined }])
})

type App = Awaited<ReturnType<typeof start>>

it.each<[string, string, string, (app: App) => Record<string, string>, string | Uint8Array]>([
  ['a record of another path', 'route', '/p/b', (app) => ({ ...app.reference(app.a), ...stateLength(0) }), '[]'],
  ['a record of another route', 'route', '/p/a', (app) => ({ ...app.reference(app.home), ...stateLength(0) }), '[]'],
  ['a record without holes', 'route', '/whole', (app) => ({ ...app.reference(app.whole), ...stateLength(0) }), '[]'],
  ['no length', 'malformed', '/p/a', (app) => app.reference(app.a), '[]'],
  ['a length past the body', 'malformed', '/p/a', (app) => ({ ...app.reference(app.a), ...stateLength(9) }), '[]'],
  ['an expired record', 'expired', '/old', (app) => ({ ...app.reference(app.old), ...stateLength(0) }), '[]'],
  [
    'a body over the limit of both',
    'size',
    '/p/a',
    (app) => ({ ...app.reference(app.a), ...stateLength(0) }),
    new Uint8Array(1024 * 1024 + 101),
  ],
  [
    'a bot',
    'bypass',
    '/p/a',
    (app) => ({ ...app.reference(app.a), ...stateLength(0), 'user-agent': 'Slackbot' }),
    '[]',
  ],
  ['a question for a record', 'bypass', '/p/a', () => ({ 'shell-cache-record': BUILD, ...stateLength(0) }), '[]'],
])('runs nothing behind %s', async (_name, reason, path, headers, body) => {
  await using app = await start()
  const response = await app.send(path, { headers: { ...ACTION, ...headers(app) }, body: body as string })
  expect(verdict(response)).toBe(`refused; reason=${reason}`)
  expect(app.shown).toEqual([])
})

it('takes as much as both may have together', async () => {
  await using app = await start()
  const headers = { ...ACTION, ...app.reference(app.a), ...stateLength(0) }
  await app.send('/p/a', { headers, body: new Uint8Array(1024 * 1024 + 100) })
  expect(app.shown).toHaveLength(1)
})

it('refuses actions behind a state if the app wants none, and on guarded pages', async () => {
  const headersOf = (app: App) => ({ ...ACTION, ...app.reference(app.a), ...stateLength(0) })
  await using off = await start({})
  expect(verdict(await off.send('/p/a', { headers: headersOf(off), body: '[]' }))).toBe('refused; reason=bypass')
  const routes = [{ pattern: '/p/[slug]', mode: 'gated', route: '/p/[slug]' }]
  await using gated = await start({ actionBytes: 100, routes })
  expect(verdict(await gated.send('/p/a', { headers: headersOf(gated), body: '[]' }))).toBe('refused; reason=route')
  expect([...off.shown, ...gated.shown]).toEqual([])
})
