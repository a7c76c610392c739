// Proves that Next's stream is found by what Next does with a payload, and that no other stream is taken for it. Next's list is simulated
// here; e2e tests it with Next itself (builds/next-versions.spec.ts).

import { setImmediate as turn } from 'node:timers/promises'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { takeFlightStream } from './flight-stream.ts'

// oxlint-disable-next-line typescript/unbound-method -- put back as it was
const { enqueue } = ReadableStreamDefaultController.prototype

beforeEach(() => vi.stubGlobal('self', {}))
afterEach(() => {
  vi.unstubAllGlobals()
  ReadableStreamDefaultController.prototype.enqueue = enqueue
})

/** Begins as Next's `client/app-index.js` does: writes the waiting items of the list, and all later ones, to a stream. */
function startNext(write: (text: string, controller: ReadableStreamDefaultController<Uint8Array>) => void) {
  const waiting: unknown = Reflect.get(self, '__next_f')
  let close = (): void => {}
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      close = () => controller.close()
      const push = ([kind, text]: [number, string?]): void => (kind === 1 ? write(text ?? '', controller) : undefined)
      if (Array.isArray(waiting)) waiting.forEach(push)
      Reflect.set(self, '__next_f', { push })
    },
  })
  return { stream, close }
}

async function settled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), turn(false)])
}

it.each(['before', 'after'])('takes the stream of a Next that starts %s, and keeps it open', async (order) => {
  const encoder = new TextEncoder()
  const start = () => startNext((text, controller) => controller.enqueue(encoder.encode(text)))
  const early = order === 'before' ? start() : undefined
  const taken = takeFlightStream(false)
  const { stream, close } = early ?? start()
  const controller = await taken
  close()
  controller.enqueue(encoder.encode('payload'))
  const reader = stream.getReader()
  const texts = [await reader.read(), await reader.read()].map(({ value }) => new TextDecoder().decode(value))
  expect(texts).toEqual(['', 'payload'])
  expect(await settled(reader.closed)).toBe(false)
})

it('takes no stream if Next does something else with its payload', async () => {
  const taken = takeFlightStream(false)
  startNext(() => {})
  const other = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(3)) })
  expect(await other.getReader().read()).toMatchObject({ done: false })
  expect(await settled(taken)).toBe(false)
})

it('takes none if Next does not start', async () => {
  expect(await settled(takeFlightStream(false))).toBe(false)
})

it('begins no payload if a page has one already: that would throw it away', () => {
  const list = [[0], [1, 'stage']]
  Reflect.set(self, '__next_f', list)
  void takeFlightStream(true)
  expect(list).toEqual([[0], [1, 'stage'], [1, '']])
})
