// The nginx of examples/nginx before a server, on a port of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findProgram } from '../../../scripts/ensure/programs.mjs'
import { freePort } from '../free-port.ts'
import { ROOT } from '../paths.ts'

export const NGINX: string | undefined = findProgram('nginx')

/** @param upstreams - Ports of the servers that it asks in turn. */
export async function startNginx(
  ...upstreams: readonly number[]
): Promise<AsyncDisposable & { readonly port: number }> {
  if (NGINX === undefined) throw new Error('there is no nginx')
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-nginx-'))
  await mkdir(join(folder, 'temp'))
  const example = await readFile(join(ROOT, 'examples', 'nginx', 'nginx.conf'), 'utf8')
  const config = example
    .replace('127.0.0.1:3000', upstreams.map((upstream) => `localhost:${upstream}`).join(';\n    server '))
    .replace('127.0.0.1:8080', `localhost:${port}`)
  await writeFile(join(folder, 'nginx.conf'), config)
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr', '-g', 'daemon off;']
  const child = spawn(NGINX, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  const exited = once(child, 'exit')
  await untilListening(port, child)
  return {
    port,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** nginx says nothing when it is ready: it is when it takes a connection. Asks until then, or until it has ended. */
async function untilListening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, 'localhost')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
  }
  throw new Error('nginx did not start')
}
