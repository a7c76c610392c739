// Proves what a browser is told of a server action, and that nothing is made up if Next's own store has another form. e2e proves that the
// real store has this form (freshness.spec.ts).

import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { ServerResponse, IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { toTagHash } from '../../protocol/record/tags.ts'
import { createOrigin } from '../index.ts'
import { listen } from '../test-app.ts'
import { findStore, isHeaderRenamed, addInvalidationHeader } from './invalidation-header.ts'

const hashed = (tag: string) => `#${toTagHash(createHash('sha256').update(tag).digest())}`

function toldWith(store: unknown, name = 'x-action-revalidated') {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  addInvalidationHeader(response, () => store)
  response.setHeader(name, '1')
  expect(response.getHeader(name)).toBe('1')
  return response.getHeader('shell-cache-invalidate')
}

it('names the tags that are gone, hashed', () => {
  const pendingRevalidatedTags = [
    { tag: 'a' },
    { tag: 'soon', profile: 'max' },
    { tag: 'b', profile: { expire: 0 } },
    { tag: 'later', profile: { expire: 60 } },
  ]
  expect(toldWith({ pendingRevalidatedTags })).toBe(`${hashed('a')},${hashed('b')}`)
})

it('names nothing if only a cookie was set', () => {
  expect(toldWith({})).toBe('')
})

it.each([[undefined], [{ pendingRevalidatedTags: 'a' }], [{ pendingRevalidatedTags: [{ name: 'a' }] }]])(
  'says nothing of a store like %j',
  (store) => {
    expect(toldWith(store)).toBeUndefined()
  },
)

it('leaves every other header alone', () => {
  expect(toldWith({ pendingRevalidatedTags: [{ tag: 'a' }] }, 'x-other')).toBeUndefined()
})

it('finds the store of the installed Next, and none if there is no Next', () => {
  expect(findStore(process.cwd())?.()).toBeUndefined()
  expect(findStore('/')).toBeUndefined()
})

it('takes everything for changed by any action if Next’s header has another name', async () => {
  expect([isHeaderRenamed(process.cwd()), isHeaderRenamed('/')]).toEqual([false, false])
  const dir = await appWithNext("exports.NEXT_ACTION_REVALIDATED_HEADER = 'x-action-changed'")
  expect(isHeaderRenamed(dir)).toBe(true)
  const origin = createOrigin({ dir })
  await using server = await listen((incoming, response) => {
    void origin(incoming, response).then(() => response.setHeader('x-action-changed', '1').end())
  })
  const { headers } = await fetch(server.url, { method: 'POST', headers: { 'next-action': 'a1' } })
  expect(headers.get('shell-cache-invalidate')).toBe('*')
  await rm(dir, { recursive: true })
})

/** A folder whose Next has this module of header names. */
async function appWithNext(source: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'renamed-'))
  const folder = join(dir, 'node_modules/next/dist/client/components')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'app-router-headers.js'), source)
  return dir
}
