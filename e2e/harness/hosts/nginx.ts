// Runs nginx with the config of examples/nginx in front of a server, on its own port.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findProgram } from '../../../scripts/ensure/programs.mjs'
import { freePort } from '../servers/free-port.ts'
import { ROOT } from '../paths.ts'

export const NGINX: string | undefined = findProgram('nginx')

type Nginx = AsyncDisposable & { readonly port: number }

/** @param upstreams - Ports of the servers that nginx uses in turn. */
export function startNginx(...upstreams: readonly number[]): Promise<Nginx> {
  return startConfigured(upstreams, (config) => config, {})
}

type More = {
  /** Directives for the `server` block. */
  readonly server: string
  /** Directives for the `http` block. */
  readonly http?: string
  /** Files that the directives name, by their name in nginx's folder. */
  readonly files?: Readonly<Record<string, string>>
  /** Buffers each response until it is complete: nginx caches no other. */
  readonly isBuffering?: boolean
}

/** Starts nginx with directives in addition to the example's. */
export function startNginxWith(
  upstream: number,
  { server, http = '', files = {}, isBuffering = false }: More,
): Promise<Nginx> {
  const configured = (example: string): string =>
    example
      .replace('  server {\n', () => `  ${http}\n\n  server {\n    ${server}\n`)
      .replace('proxy_buffering off;', `proxy_buffering ${isBuffering ? 'on' : 'off'};`)
  return startConfigured([upstream], configured, files)
}

async function startConfigured(
  upstreams: readonly number[],
  configured: (example: string) => string,
  files: Readonly<Record<string, string>>,
): Promise<Nginx> {
  if (NGINX === undefined) throw new Error('there is no nginx')
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-nginx-'))
  // If root starts nginx, its workers run as the user `nobody`.
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'temp'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const example = await readFile(join(ROOT, 'examples', 'nginx', 'nginx.conf'), 'utf8')
  const config = configured(example)
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

/** nginx prints nothing when it is ready, so this tries to connect until it succeeds or nginx has exited. */
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
