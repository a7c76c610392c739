// Proves that observing a response changes neither its bytes nor its end, and that it closes if the observed stream breaks.

import { expect, it } from 'vitest'

import { toUtf8 } from '../../protocol/utf8.ts'
import { watchAnswer } from './response-observer.ts'

const NOTES = { startedAt: undefined, receivedAt: 0, isPreloaded: false, hadStaleHoles: false }
const EVENT = { resultingClientId: '' }
const HEADERS = { 'server-timing': 'shell;desc="instant";dur=1' }

/** A response of two chunks, which then ends or breaks. */
function pieces(end: (controller: ReadableStreamDefaultController) => void): Response {
  const left = [toUtf8('shell'), toUtf8('rest')]
  const body = new ReadableStream({
    pull(controller) {
      const piece = left.shift()
      if (piece) controller.enqueue(piece)
      else end(controller)
    },
  })
  return new Response(body, { headers: HEADERS })
}

it.each([
  ['ends', (controller: ReadableStreamDefaultController) => controller.close()],
  ['breaks', (controller: ReadableStreamDefaultController) => controller.error(new Error('gone'))],
])('closes with every byte if the body %s', async (_how, end) => {
  const { response, answered } = watchAnswer(EVENT, Promise.resolve(pieces(end)), NOTES)
  expect(await (await response).text()).toBe('shellrest')
  expect(await answered).toMatchObject({ outcome: 'instant', firstHoleAt: expect.any(Number) })
})

it('passes on what the network says as it is', async () => {
  const plain = new Response('page')
  const { response, answered } = watchAnswer(EVENT, Promise.resolve(plain), NOTES)
  expect(await response).toBe(plain)
  expect(await answered).toMatchObject({ outcome: 'network', firstHoleAt: undefined })
})

it('fails if the answer does, and says so', async () => {
  const { response, answered } = watchAnswer(EVENT, Promise.reject(new TypeError('no network')), NOTES)
  await expect(response).rejects.toThrow('no network')
  expect(await answered).toMatchObject({ outcome: 'failed' })
})
