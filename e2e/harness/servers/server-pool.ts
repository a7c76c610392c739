// Servers that tests use one after the other: starting one takes longer than most tests. Each Playwright worker has one pool, and
// the tests of a worker never overlap.

import { type RunningServer, startServer } from './server.ts'

export type ServerPool = AsyncDisposable & {
  /** A running server. Its output omits what it printed during earlier tests. */
  readonly get: (folder: string, env: Record<string, string>) => Promise<RunningServer>
}

/** Each server takes about 200 MB. */
const MOST_SERVERS = 4

export function createServerPool(): ServerPool {
  const kept = new Map<string, RunningServer>()
  return {
    async get(folder, env) {
      const name = JSON.stringify([folder, env])
      const server = kept.get(name) ?? (await startServer(folder, env))
      // The map is ordered by last use, oldest first.
      kept.delete(name)
      kept.set(name, server)
      for (const [other, old] of kept) {
        if (kept.size <= MOST_SERVERS) break
        kept.delete(other)
        await old[Symbol.asyncDispose]()
      }
      const start = server.output().length
      return { ...server, output: () => server.output().slice(start) }
    },
    async [Symbol.asyncDispose]() {
      for (const server of kept.values()) await server[Symbol.asyncDispose]()
    },
  }
}
