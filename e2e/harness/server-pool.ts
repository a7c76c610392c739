// Servers that tests share, one after the other: a start takes longer than most tests. Kept by fixtures.ts, once for each worker of
// Playwright, whose tests never overlap.

import { type RunningServer, startServer } from './server.ts'

export type ServerPool = AsyncDisposable & {
  readonly get: (folder: string, env: Record<string, string>) => Promise<RunningServer>
}

export function createServerPool(): ServerPool {
  let kept: { readonly name: string; readonly server: RunningServer } | undefined
  const end = async (): Promise<void> => {
    const server = kept?.server
    kept = undefined
    await server?.[Symbol.asyncDispose]()
  }
  return {
    // Only the last one: the tests of a file follow one another, and each server takes its memory.
    async get(folder, env) {
      const name = JSON.stringify([folder, env])
      if (kept?.name === name) return kept.server
      await end()
      const server = await startServer(folder, env)
      kept = { name, server }
      return server
    },
    [Symbol.asyncDispose]: end,
  }
}
