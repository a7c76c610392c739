// Proves that every command is answered, fails or is given up, and that none waits for a page that is gone.

import { once } from 'node:events'
import { PassThrough } from 'node:stream'

import { expect, it } from 'vitest'

import { openPipe } from './pipe.ts'

function openBrowser() {
  const [toBrowser, fromBrowser] = [new PassThrough({ encoding: 'utf8' }), new PassThrough()]
  const { call, listeners } = openPipe(toBrowser, fromBrowser)
  return {
    call,
    listeners,
    /** Sends a message as the browser would, in two pieces. */
    say: (message: object): void => {
      const text = `${JSON.stringify(message)}\0`
      fromBrowser.write(text.slice(0, 5))
      fromBrowser.write(text.slice(5))
    },
    heard: async () => JSON.parse(String((await once(toBrowser, 'data'))[0]).slice(0, -1)) as Record<string, unknown>,
    gone: () => fromBrowser.destroy(),
  }
}

it('gives each command its own answer, whichever comes first', async () => {
  const { call, say, heard } = openBrowser()
  const first = call('A.one')
  expect(await heard()).toEqual({ id: 1, method: 'A.one', params: {} })
  const second = call('A.two', { x: 1 }, 's')
  expect(await heard()).toEqual({ id: 2, method: 'A.two', params: { x: 1 }, sessionId: 's' })
  say({ id: 2, result: { is: 'two' } })
  say({ id: 1, error: { message: 'no' } })
  expect(await second).toEqual({ is: 'two' })
  await expect(first).rejects.toThrow('"no"')
})

it('rejects what a session has been asked when it is gone, and goes on with the others', async () => {
  const { call, say } = openBrowser()
  const lost = call('Runtime.evaluate', {}, 'the page before')
  const kept = call('Runtime.evaluate', {}, 'the page after')
  say({ method: 'Target.detachedFromTarget', params: { sessionId: 'the page before' } })
  await expect(lost).rejects.toThrow('Runtime.evaluate')
  say({ id: 2, sessionId: 'the page after', result: {} })
  expect(await kept).toEqual({})
})

it('tells events to all that listen, the end of a session too', async () => {
  const { call, say, listeners } = openBrowser()
  const heard: unknown[] = []
  listeners.add((message) => heard.push(message['method']))
  say({ method: 'Target.detachedFromTarget', params: { sessionId: 's' } })
  say({ method: 'Page.loadEventFired', params: {} })
  const last = call('A.one')
  say({ id: 1, result: {} })
  await last
  expect(heard).toEqual(['Target.detachedFromTarget', 'Page.loadEventFired'])
})

it('rejects everything when the browser is gone', async () => {
  const { call, gone } = openBrowser()
  const asked = [call('A.one'), call('A.two', {}, 's')]
  gone()
  for (const each of asked) await expect(each).rejects.toThrow('the browser is gone')
})
