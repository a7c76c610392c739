// Runs Debian's redis-server on a free port, with nothing on disk.

import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { createClient } from '@redis/client'

import { findProgram } from '../../../scripts/ensure/programs.mjs'
import { freePort } from '../servers/free-port.ts'

export const REDIS: string | undefined = findProgram('redis')

export async function startRedis(): Promise<AsyncDisposable & { readonly url: string }> {
  if (REDIS === undefined) throw new Error('there is no redis-server')
  const port = await freePort()
  // One of the third-party cache handlers needs notifications about expired keys.
  const notices = ['--notify-keyspace-events', 'Exe']
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...notices]
  const server = spawn(REDIS, args, { stdio: 'ignore' })
  const url = `redis://127.0.0.1:${port}`
  // The client retries until the server listens.
  const client = await createClient({ url, socket: { reconnectStrategy: 50 } })
    .on('error', () => {})
    .connect()
  await client.ping()
  client.destroy()
  return {
    url,
    async [Symbol.asyncDispose]() {
      const exited = once(server, 'exit')
      server.kill('SIGKILL')
      await exited
    },
  }
}
