// Proves what is read from Next's objects, and that nothing in them is trusted. e2e proves that the real ones have this form.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { expect, it } from 'vitest'

import { type NextPage, whenPageFound } from './next-page.ts'
import { listen } from '../test-app.ts'

const META = Symbol.for('NextInternalRequestMeta')

/** The page that the callback gets for this entry, with this on the request. */
async function seen(entry: unknown, meta: object): Promise<NextPage | undefined> {
  const incoming = {} as IncomingMessage
  let found: NextPage | undefined
  whenPageFound(incoming, async (page) => {
    found = page
    return true
  })
  const set: { onCacheEntryV2: (entry: unknown) => Promise<boolean> } = Reflect.get(incoming, META)
  Reflect.set(incoming, META, { ...set, ...meta })
  expect(await set.onCacheEntryV2(entry)).toBe(true)
  return found
}

/** As much of Next's `RenderResult` as is touched; what it sends by itself stands for Next's own way. */
class Html {
  static fromStatic = (text: string | null): Html => new Html(text ?? '')
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toUnchunkedString = (): string => this.text
  readonly streams: unknown[] = []
  push(stream: unknown): void {
    this.streams.push(stream)
  }
  pipeToNodeResponse(response: ServerResponse): void {
    response.end(`as Next sends ${this.streams.length}`)
  }
}
const value = () => ({ kind: 'APP_PAGE', html: new Html('shell'), postponed: 'state', status: 200 })
const match = (pathname: string) => ({ match: { definition: { pathname } } })

it.each([
  ['/', undefined, '/'],
  ['/p/[slug]', { slug: 'a' }, '/p/a'],
  ['/p/[slug]', { slug: 'käse' }, '/p/k%C3%A4se'],
  ['/p/[slug]', { slug: 'a/b' }, '/p/a%2Fb'],
  ['/p/[slug]', { slug: '100%' }, '/p/100%25'],
  ['/all/[...rest]', { rest: ['a', 'b c'] }, '/all/a/b%20c'],
  ['/[[...rest]]', {}, '/'],
  ['/[[...rest]]', { rest: ['x'] }, '/x'],
  ['/[lang]/k%C3%A4se', { lang: 'de' }, '/de/k%C3%A4se'],
])('reads the path of %s from what the page is given', async (route, params, path) => {
  expect(await seen({ value: value() }, { ...match(route), params })).toMatchObject({ route, path, shell: 'shell' })
})

it.each([
  ['no entry', undefined, match('/')],
  ['an entry of another kind', { value: { ...value(), kind: 'REDIRECT' } }, match('/')],
  ['no match', { value: value() }, {}],
  ['a match of another form', { value: value() }, { match: { definition: {} } }],
  ['a parameter missing', { value: value() }, match('/p/[slug]')],
  ['a parameter that is no text', { value: value() }, { ...match('/p/[slug]'), params: { slug: 1 } }],
  ['HTML that does not read', { value: { ...value(), html: 'shell' } }, match('/')],
])('finds no page with %s', async (_name, entry, meta) => {
  expect(await seen(entry, meta)).toBeUndefined()
})

it('has the entry go on from another state, with nothing before', async () => {
  const entry = { value: value() }
  const page = await seen(entry, match('/'))
  expect(page?.skipShell('ours')).toBe(true)
  expect(entry.value.postponed).toBe('ours')
  expect(entry.value.html.toUnchunkedString()).toBe('')
})

it('changes nothing if the entry has holes and the record none, or the other way round', async () => {
  const entry = { value: value() }
  expect((await seen(entry, match('/')))?.skipShell(undefined)).toBe(false)
  expect(entry.value.html.toUnchunkedString()).toBe('shell')
})

it.each([
  ['sends the one stream of a rest by itself', [new Blob(['rest']).stream()], 'rest'],
  ['leaves what it does not know to Next', ['a stream of another kind'], 'as Next sends 1'],
  ['leaves more than a rest to Next', [new Blob(['a']).stream(), new Blob(['b']).stream()], 'as Next sends 2'],
])('%s', async (_name, streams, sent) => {
  const entry = { value: value() }
  const page = await seen(entry, match('/'))
  page?.skipShell('ours')
  const { html } = entry.value
  for (const stream of streams) html.push(stream)
  await using server = await listen((_request, response) => html.pipeToNodeResponse(response))
  expect(await (await fetch(server.url)).text()).toBe(sent)
})
