// Proves what a page is told about its own response, and that a worker remembers no more responses than it should.

import { expect, it } from 'vitest'

import type { Ending } from '../../protocol/page/messages.ts'
import { deferred } from '../util/async.ts'
import { endingOf, isRunning, rememberStream, tellOfStream } from './open-streams.ts'

/** A page's port, and everything that the page hears on it. */
function portOf() {
  const heard: unknown[] = []
  let isClosed = false
  const port = { postMessage: (message: unknown) => heard.push(message), close: () => void (isClosed = true) }
  return { port: port as unknown as MessagePort, heard, isClosed: () => isClosed }
}
const says = (state: string) => ({ type: 'shell-cache:stream', state })

it('tells a page at once that its response is being written, and then how it ended', async () => {
  const ended = deferred<Ending>()
  rememberStream('open', ended.promise)
  const { port, heard, isClosed } = portOf()
  const telling = tellOfStream('open', port)
  await Promise.resolve()
  expect([heard, isClosed()]).toEqual([[says('open')], false])
  ended.resolve('complete')
  await telling
  expect([heard, isClosed()]).toEqual([[says('open'), says('complete')], true])
  expect(await endingOf('open')).toBe('complete')
})

it('knows of a page that has asked that its scripts run', async () => {
  rememberStream('running', new Promise(() => {}))
  expect([isRunning('running'), isRunning(''), isRunning('of another worker')]).toEqual([false, false, false])
  void tellOfStream('running', portOf().port)
  expect(isRunning('running')).toBe(true)
})

it.each([undefined, 'of another worker', ''])('knows nothing of the page %j', async (clientId) => {
  rememberStream('', Promise.resolve('complete'))
  const { port, heard, isClosed } = portOf()
  await tellOfStream(clientId, port)
  expect([heard, isClosed()]).toEqual([[says('unknown')], true])
})

it('does without a port', async () => {
  rememberStream('no port', Promise.resolve('complete'))
  await expect(tellOfStream('no port', undefined)).resolves.toBeUndefined()
})

it('remembers the last fifty', async () => {
  for (let at = 0; at <= 50; at++) rememberStream(`page ${at}`, Promise.resolve('complete'))
  expect(await endingOf('page 0')).toBeUndefined()
  expect(await endingOf('page 1')).toBe('complete')
  expect(await endingOf('page 50')).toBe('complete')
})
