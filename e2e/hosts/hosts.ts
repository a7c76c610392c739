// The hosts of `npm run test:hosts`, in the order of docs/hosting.md.

import { join } from 'node:path'

import { ARGS, copyStandalone } from '../harness/hosts/copy-standalone.ts'
import { ROOT } from '../harness/paths.ts'
import { freePort } from '../harness/servers/free-port.ts'
import {
  type RunningServer,
  startProcess,
  startRuntime,
  startServer,
  startStandalone,
} from '../harness/servers/server.ts'
import type { Host } from './host.ts'
import { answerFromOutput, layOutFunctions, readOutput } from './servers/build-output.ts'
import { type Answer, startFront } from './servers/front.ts'
import { answerFromOpenNext, OPEN_NEXT_CONFIG } from './servers/open-next.ts'

export const HOSTS: Readonly<Record<string, Host>> = {
  'next-start': { title: '`next start`', runsOrigin: true, packages: [], start: (app) => startServer(app) },
  standalone: {
    title: 'standalone output',
    runsOrigin: true,
    packages: [],
    config: "output: 'standalone'",
    async start(app) {
      const copied = await copyStandalone(app, ROOT)
      const server = await startStandalone(copied.folder, ARGS)
      return ending(server, copied)
    },
  },
  bun: {
    title: 'Bun',
    runsOrigin: true,
    packages: ['bun'],
    start: (app) => startRuntime(join(app, 'node_modules', '.bin', 'bun'), ['--bun'], app),
  },
  deno: {
    title: 'Deno',
    runsOrigin: true,
    packages: ['deno'],
    start: (app) => startRuntime(join(app, 'node_modules', '.bin', 'deno'), ['run', '--allow-all'], app),
  },
  vercel: {
    title: "Vercel: `@vercel/next`'s adapter",
    runsOrigin: false,
    packages: ['@vercel/next', '@vercel/build-utils'],
    env: (app) => ({ NEXT_ADAPTER_PATH: join(app, 'node_modules/@vercel/next/dist/adapter/index.js') }),
    start: startBuildOutput,
  },
  'adapter-vercel': {
    title: 'another adapter: `@next-community/adapter-vercel`',
    runsOrigin: false,
    // It imports `@vercel/build-utils`, and does not name it as a dependency.
    packages: ['@next-community/adapter-vercel', '@vercel/build-utils'],
    env: (app) => ({ NEXT_ADAPTER_PATH: join(app, 'node_modules/@next-community/adapter-vercel/dist/index.js') }),
    start: startBuildOutput,
  },
  'opennext-aws': {
    title: 'OpenNext for AWS, its `node` wrapper',
    runsOrigin: false,
    packages: ['@opennextjs/aws'],
    files: { 'open-next.config.ts': OPEN_NEXT_CONFIG },
    build: ['open-next', 'build'],
    async start(app) {
      const port = await freePort()
      const folder = join(app, '.open-next', 'server-functions', 'default')
      const server = await startProcess(
        ['index.mjs'],
        folder,
        port,
        { PORT: String(port) },
        undefined,
        'Listening on port',
      )
      return behind(server, await answerFromOpenNext(app, port))
    },
  },
}

async function startBuildOutput(app: string): Promise<RunningServer> {
  const output = join(app, '.next', 'output')
  const handler = await layOutFunctions(output, ROOT, join(app, '..', 'functions'))
  const port = await freePort()
  const script = join(ROOT, 'e2e', 'hosts', 'servers', 'function.mjs')
  const server = await startProcess([script, handler, String(port)], app, port, { NODE_ENV: 'production' })
  const read = await readOutput(output)
  return behind(server, (incoming, outgoing) => answerFromOutput(read, port, incoming, outgoing))
}

/** Puts the host's front server before its functions. */
async function behind(server: RunningServer, answer: Answer): Promise<RunningServer> {
  const front = await startFront(await freePort(), answer)
  return { ...ending(server, front), port: front.port }
}

function ending(server: RunningServer, beside: AsyncDisposable): RunningServer {
  const kill = async (): Promise<void> => {
    await server.kill()
    await beside[Symbol.asyncDispose]()
  }
  return { ...server, kill, [Symbol.asyncDispose]: kill }
}
