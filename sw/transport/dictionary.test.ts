// Proves that the build's dictionary is fetched once, when a page has loaded after a response named it, and never while data is saved.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const FILE = '/_next/static/shell-cache/dictionary.x.txt'
const naming = (url = FILE): Response => new Response(null, { headers: { 'shell-cache-dictionary': url } })

let asked: unknown[] = []
beforeEach(() => {
  asked = []
  vi.resetModules()
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', async (...args: unknown[]) => {
    asked.push(args)
    return new Response('words')
  })
})
afterEach(() => vi.unstubAllGlobals())

it('fetches nothing that is not named', async () => {
  const { fetchDictionary, noteDictionary } = await import('./dictionary.ts')
  noteDictionary(new Response('a page'))
  await fetchDictionary()
  expect(asked).toEqual([])
})

it('fetches once what is named, from its own origin and behind all else', async () => {
  const { fetchDictionary, noteDictionary } = await import('./dictionary.ts')
  noteDictionary(naming())
  expect(asked, 'the page still loads').toEqual([])
  await fetchDictionary()
  noteDictionary(new Response('a rest that is compressed with it'))
  noteDictionary(naming())
  await fetchDictionary()
  expect(asked).toEqual([[FILE, { mode: 'same-origin', priority: 'low' }]])
  noteDictionary(naming('/of-the-next-deploy'))
  await fetchDictionary()
  expect(asked).toHaveLength(2)
})

it('waits for a connection that does not save data', async () => {
  const { fetchDictionary, noteDictionary } = await import('./dictionary.ts')
  const connection = { saveData: true }
  vi.stubGlobal('navigator', { connection })
  noteDictionary(naming())
  await fetchDictionary()
  expect(asked).toEqual([])
  connection.saveData = false
  await fetchDictionary()
  expect(asked).toHaveLength(1)
})

it('is not troubled by a network that fails', async () => {
  const { fetchDictionary, noteDictionary } = await import('./dictionary.ts')
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  noteDictionary(naming())
  await expect(fetchDictionary()).resolves.toBeUndefined()
})
