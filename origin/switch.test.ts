// Proves what a server says to every browser, and that it says nothing of a value that it does not understand.

import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

import { expect, it, vi } from 'vitest'

import { readSwitch } from './switch.ts'

/** The headers of a response to this URL before Next sees it. */
function headersOf(url: string, env: Record<string, string>): unknown {
  const incoming = Object.assign(new IncomingMessage(new Socket()), { url, method: 'HEAD' })
  const response = new ServerResponse(incoming)
  readSwitch(env)(incoming, response)
  return { ...response.getHeaders() }
}

it('names the share on the worker’s script alone', () => {
  const env = { SHELL_CACHE_ROLLOUT: '0.1' }
  expect(headersOf('/sw.js', env)).toEqual({ 'shell-cache': 'rollout=0.1' })
  expect(headersOf('/docs/sw.js?1', env)).toEqual({ 'shell-cache': 'rollout=0.1' })
  expect(headersOf('/?next=/sw.js', env)).toEqual({})
  expect(headersOf('/', env)).toEqual({})
})

it.each(['2', '5%', 'NaN', '-1', ' '])(
  'says once what is wrong about a share of %o, and nothing to browsers',
  (rollout) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    expect(headersOf('/sw.js', { SHELL_CACHE_ROLLOUT: rollout })).toEqual({})
    expect(warn.mock.calls).toEqual([
      [
        `[shell-cache] SHELL_CACHE_ROLLOUT is "${rollout}", which is not a share from 0 to 1, such as 0.05. The share of the build is used. Correct it and restart the server.`,
      ],
    ])
  },
)

it.each(['1', 'true', 'yes'])('says of SHELL_CACHE_OFF=%s on every answer that it is off', (off) => {
  const env = { SHELL_CACHE_OFF: off, SHELL_CACHE_ROLLOUT: '0.1' }
  expect(headersOf('/', env)).toEqual({ 'shell-cache': 'off' })
  expect(headersOf('/sw.js', env)).toEqual({ 'shell-cache': 'off, rollout=0.1' })
})

it.each(['', '0', 'false', 'no'])('says nothing of SHELL_CACHE_OFF=%s', (off) => {
  expect(headersOf('/sw.js', { SHELL_CACHE_OFF: off })).toEqual({})
})

it('says nothing if the environment does not', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  expect(headersOf('/sw.js', {})).toEqual({})
  expect(headersOf('/sw.js', { SHELL_CACHE_ROLLOUT: '' })).toEqual({})
  expect(warn).not.toHaveBeenCalled()
})
