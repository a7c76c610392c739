// Proves what happens to a server's own listeners. e2e proves that the origin reaches the server of `next start`.

import { afterEach, beforeEach, expect, it } from 'vitest'

import { attachToServers } from './attach.ts'
import type { Origin } from './index.ts'
import { listen } from './test-app.ts'

const RESUME = { method: 'POST', headers: { 'shell-cache-resume': 'x' } }
let asked = 0
let answers = true
let breaks = false
const origin: Origin = async (_incoming, response) => {
  asked++
  if (breaks) throw new Error('broken')
  if (answers) response.end('ours')
  return answers
}
// Once for all tests: a process has no way to detach again.
attachToServers(() => origin)
attachToServers(() => origin)

beforeEach(() => {
  asked = 0
})
afterEach(() => {
  answers = true
  breaks = false
})

it('answers resumes, the very first request of a server too, and asks once', async () => {
  await using http = await listen((_req, res) => res.end('theirs'))
  expect(await (await fetch(http.url, RESUME)).text()).toBe('ours')
  expect(asked).toBe(1)
})

it('leaves every other request to the server’s listeners', async () => {
  await using http = await listen((_req, res) => res.end('theirs'))
  expect(await (await fetch(http.url)).text()).toBe('theirs')
  expect(asked).toBe(0)
})

it('tells a browser when draft mode begins and when it is over, and asks no one', async () => {
  await using http = await listen((_req, res) => {
    res.setHeader('set-cookie', '__prerender_bypass=x')
    res.end('theirs')
  })
  const began = await fetch(http.url)
  expect(began.headers.getSetCookie()).toEqual(['__prerender_bypass=x', 'shell-cache-draft=1; Path=/; SameSite=Lax'])
  expect(asked).toBe(0)
})

it('calls the server’s listeners once if the origin does not answer', async () => {
  answers = false
  let calls = 0
  await using http = await listen((_req, res) => res.end(`theirs ${++calls}`))
  expect(await (await fetch(http.url, RESUME)).text()).toBe('theirs 1')
})

it('gives a resume to the server’s listeners if the origin breaks', async () => {
  breaks = true
  await using http = await listen((_req, res) => res.end('theirs'))
  expect(await (await fetch(http.url, RESUME)).text()).toBe('theirs')
})

it('lets listeners that are added later run', async () => {
  let later = 0
  await using http = await listen((_req, res) => res.end('theirs'))
  await fetch(http.url)
  http.server.on('request', () => later++)
  await fetch(http.url)
  expect(later).toBe(1)
})
