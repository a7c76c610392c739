// Servers that tests share, one after the other: a start takes longer than most tests. There is one pool for each worker of
// Playwright, whose tests never overlap.

import { type RunningServer, startServer } from './server.ts'

export type ServerPool = AsyncDisposable & {
  /** A running server. What it printed for earlier tests is left out of its output. */
  readonly get: (folder: string, env: Record<string, string>) => Promise<RunningServer>
}

/** Each takes some 200 MB. */
const MOST_SERVERS = 4

export function createServerPool(): ServerPool {
  const kept = new Map<string, RunningServer>()
  return {
    async get(folder, env) {
      const name = JSON.stringify([folder, env])
      const server = kept.get(name) ?? (await startServer(folder, env))
      // The last one of the map is the one that was used last.
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
