// Proves what is sent at an address that a rewrite leads to a page: the record is the page's, its headers are the address's own, and an
// instant address gives access to no guarded page.

import { expect, it } from 'vitest'

import { decodeRecord } from '../../protocol/record/record-codec.ts'
import { ELSEWHERE, type Mode } from '../../protocol/build/route-match.ts'
import { BUILD } from '../test-app.ts'
import { findPage } from '../test-next.ts'
import { startOrigin, verdict } from '../test-origin.ts'

const LEADS: Readonly<Record<string, string>> = { '/featured': '/p/a', '/latest': '/p/unlisted' }

/** An app that rewrites, with `/p/[slug]` served as `page` says and the addresses that lead to it as `address` does. */
function start(page: Mode | undefined, address: Mode) {
  const route = (pattern: string, mode: Mode) => ({ pattern, mode, route: pattern })
  return startOrigin(
    {
      find: (path) => findPage(LEADS[path] ?? path),
      before: ({ url }, response) => void response.setHeader('x-robots-tag', url ?? ''),
    },
    { routes: [...(page === undefined ? [] : [route('/p/[slug]', page)]), route(ELSEWHERE, address)] },
  )
}

const ASK = { headers: { 'shell-cache-record': BUILD } }

it.each<[Mode, Mode]>([
  ['instant', 'gated'],
  ['instant', 'instant'],
  ['gated', 'gated'],
])(
  'hands out the record of a page that is %s at an address that is %s, and goes on from it there',
  async (...modes) => {
    await using app = await start(...modes)
    const response = await app.send('/featured', ASK)
    const decoded = decodeRecord(new Uint8Array(await response.arrayBuffer()))
    expect(decoded).toMatchObject({ ok: true, record: { key: '/p/a', digest: app.a } })
    const resumed = await app.send('/featured', { headers: app.reference(app.a) })
    expect(verdict(resumed)).toBe(`resumed; shell=${app.a}; current=${app.a}`)
    expect(await resumed.text()).toContain('"state":"a"')
  },
)

it('puts the headers of the address on what is shown at it without a word of the origin', async () => {
  await using app = await start('instant', 'instant')
  const headersAt = async (path: string) => {
    const decoded = decodeRecord(new Uint8Array(await (await app.send(path, ASK)).arrayBuffer()))
    return decoded.ok ? Object.fromEntries(decoded.record.headers) : undefined
  }
  expect(await headersAt('/featured')).toMatchObject({ 'x-robots-tag': '/featured' })
  expect(await headersAt('/p/a')).not.toHaveProperty('x-robots-tag')
})

it.each<[string, Mode | undefined, Mode, string, string]>([
  ['a page that the table does not name', undefined, 'gated', '/featured', 'route'],
  ['a guarded page at an address that is vouched for', 'gated', 'instant', '/featured', 'route'],
  ['a page that no browser is to have', 'off', 'gated', '/featured', 'route'],
  ['a route’s shell, which is made for another address', 'instant', 'instant', '/latest', 'unknown'],
])('hands out nothing of %s', async (_name, page, address, path, reason) => {
  await using app = await start(page, address)
  const response = await app.send(path, ASK)
  expect(verdict(response)).toBe(`refused; reason=${reason}`)
  expect(await response.text()).toBe('')
})

it('goes on at no address from another page than it leads to', async () => {
  await using app = await start('instant', 'gated')
  const response = await app.send('/featured', { headers: app.reference(app.b) })
  expect(verdict(response)).toBe('refused; reason=route')
  expect(app.renders()).toBe(0)
})
