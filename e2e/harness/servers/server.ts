// Runs a real `next start` on a free port, and ends it by its process id. Tests get theirs from fixtures.ts.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { freePort } from './free-port.ts'
import { ROOT } from '../paths.ts'

export type RunningServer = AsyncDisposable & {
  readonly port: number
  readonly pid: number
  /** Everything that it has printed so far. */
  readonly output: () => string
  /** Ends it immediately, as a crash would. */
  readonly kill: () => Promise<void>
}

/** @param command - `start`, or `dev` for what only development shows. @param wanted - A port; default: a free one. */
export async function startServer(
  folder: string,
  env: Record<string, string> = {},
  command: 'start' | 'dev' = 'start',
  wanted?: number,
): Promise<RunningServer> {
  const port = wanted ?? (await freePort())
  const next = createRequire(join(folder, 'package.json')).resolve('next/dist/bin/next')
  const mode = command === 'dev' ? 'development' : 'production'
  const server = await startProcess([next, command, '-p', String(port), '-H', 'localhost'], folder, port, {
    ...env,
    NODE_ENV: mode,
  })
  // Next listens before it has loaded its config, but answers only after that. The origin is attached with the config.
  if (command === 'start') await fetch(`http://localhost:${port}/_next/`)
  return server
}

/** The first page of a server takes seconds on a busy machine, longer than the worker's timeouts. */
export async function warmUp({ port }: Pick<RunningServer, 'port'>, path: string): Promise<void> {
  await (await fetch(`http://localhost:${port}${path}`)).text()
}

/** Next in a custom server (custom-server.mjs), or an origin as in Next's guide (guide-origin.mjs). */
export async function startCustomServer(
  folder: string,
  script: 'custom-server.mjs' | 'guide-origin.mjs' = 'custom-server.mjs',
  env: Record<string, string> = {},
): Promise<RunningServer> {
  const port = await freePort()
  return startProcess([join(ROOT, 'e2e', 'harness', 'hosts', script), folder, String(port)], folder, port, {
    ...env,
    NODE_ENV: 'production',
  })
}

/** A standalone server, run from its folder. @param args - For Node. */
export async function startStandalone(folder: string, args: string[]): Promise<RunningServer> {
  const port = await freePort()
  return startProcess(args, folder, port, { PORT: String(port), HOSTNAME: 'localhost' })
}

/** `next start` in another runtime than Node. @param before - Arguments that its program needs before the script. */
export async function startRuntime(program: string, before: readonly string[], folder: string): Promise<RunningServer> {
  const port = await freePort()
  const next = createRequire(join(folder, 'package.json')).resolve('next/dist/bin/next')
  const args = [...before, next, 'start', '-p', String(port), '-H', 'localhost']
  const server = await startProcess(args, folder, port, { NODE_ENV: 'production' }, program)
  await fetch(`http://localhost:${port}/_next/`)
  return server
}

/** @param ready - What the server prints when it listens. */
export async function startProcess(
  args: string[],
  cwd: string,
  port: number,
  env: Record<string, string>,
  program: string = process.execPath,
  ready = 'Ready in',
): Promise<RunningServer> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: `next dev` starts a child process, and both must end.
    detached: true,
  })
  let output = ''
  const listen = (chunk: Buffer): void => void (output += chunk.toString())
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  await whenReady(child, () => output, ready)
  const kill = (): Promise<void> => end(child)
  return { port, pid: child.pid ?? 0, output: () => output, kill, [Symbol.asyncDispose]: kill }
}

async function whenReady(child: ChildProcess, output: () => string, ready: string): Promise<void> {
  const exited = once(child, 'exit').then(([code]: unknown[]): never => {
    throw new Error(`The server ended with ${String(code)} before it was ready:\n${output()}`)
  })
  exited.catch(() => {})
  while (!output().includes(ready)) await Promise.race([once(child.stdout ?? child, 'data'), exited])
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  await exited
}
