// Speaks Chromium's own protocol over a pipe: commands, their answers, and events of the attached sessions. Knows nothing of browsers.
//
//   must immediately reject the open commands of a session that is gone: otherwise the run would wait for a page that no longer exists.

import type { Readable, Writable } from 'node:stream'

import { isObject } from '../../protocol/json-shape.ts'

/** If a page hangs, the run must continue. Longer than the run waits for any navigation. */
const ANSWER_MS = 30_000

export type Call = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>
export type Pipe = { readonly call: Call; readonly listeners: Set<(message: Record<string, unknown>) => void> }

type Waiting = {
  readonly method: string
  readonly session: string | undefined
  readonly resolve: (result: Record<string, unknown>) => void
  readonly reject: (error: Error) => void
}

/** Messages are JSON, separated by zero bytes. */
export function openPipe(output: Writable, input: Readable): Pipe {
  const listeners: Pipe['listeners'] = new Set()
  const waiting = new Map<number, Waiting>()
  let last = 0
  let rest = ''
  input.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) settle(JSON.parse(message))
  })
  const settle = (message: unknown): void => {
    if (!isObject(message)) return
    if (typeof message['id'] !== 'number') {
      if (message['method'] === 'Target.detachedFromTarget') giveUp(message['params'])
      return listeners.forEach((listen) => listen(message))
    }
    const call = waiting.get(message['id'])
    waiting.delete(message['id'])
    if (isObject(message['result'])) call?.resolve(message['result'])
    else call?.reject(new Error(JSON.stringify(message['error'])))
  }
  // When a prerendered page is shown, the page before it is gone, and so are the answers to its commands.
  const giveUp = (params: unknown): void => {
    for (const [id, { method, session, reject }] of waiting) {
      if (!isObject(params) || session === undefined || session !== params['sessionId']) continue
      waiting.delete(id)
      reject(new Error(`no answer to ${method}: its page is gone`))
    }
  }
  const fail = (): void => {
    for (const { reject } of waiting.values()) reject(new Error('the browser is gone'))
    waiting.clear()
  }
  input.once('close', fail)
  output.on('error', fail)
  const call: Call = (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      last += 1
      const id = last
      waiting.set(id, { method, session: sessionId, resolve, reject })
      setTimeout(() => waiting.delete(id) && reject(new Error(`no answer to ${method}`)), ANSWER_MS).unref()
      output.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`)
    })
  return { call, listeners }
}
