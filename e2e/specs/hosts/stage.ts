// Two servers of one build that share a secret, a Redis and nothing else, and nginx before them.

import { join } from 'node:path'

import { test as base } from '../../harness/fixtures.ts'
import { copyApp } from '../changes/fresh.ts'
import { CACHE_HANDLER } from '../../harness/builds/cache-handlers.ts'
import { PLAIN_SECRET } from '../../harness/builds/build-apps.ts'
import { NGINX, startNginx } from '../../harness/hosts/nginx.ts'
import { REDIS, startRedis } from '../../harness/hosts/redis.ts'
import type { AppName } from '../../harness/paths.ts'
import { type RunningServer, startServer } from '../../harness/servers/server.ts'

export const CAN_SHARE: boolean = NGINX !== undefined && REDIS !== undefined

type Stage = {
  readonly one: RunningServer
  readonly two: RunningServer
  /** Asks both in turn. */
  readonly nginx: { readonly port: number }
  /** One more of that build, or of another one: with a folder of its own, as a deploy starts it. */
  readonly startMore: (app: AppName) => Promise<RunningServer>
}

export const test = base.extend<{ readonly stage: Stage }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names out of the pattern
  stage: async ({}, use, info) => {
    await using redis = await startRedis()
    await using first = await copyApp('fresh-shared', `${info.testId}-one`)
    await using second = await copyApp('fresh-shared', `${info.testId}-two`)
    const env = {
      SHELL_CACHE_SECRET: PLAIN_SECRET,
      FRESH_SHARED: CACHE_HANDLER,
      FRESH_REDIS: redis.url,
      REDIS_URL: redis.url,
      FRESH_NAMES: join(first.folder, 'names.json'),
    }
    await using one = await startServer(first.folder, env)
    await using two = await startServer(second.folder, env)
    await using nginx = await startNginx(one.port, two.port)
    const more: AsyncDisposable[] = []
    const startMore = async (app: AppName): Promise<RunningServer> => {
      const copy = await copyApp(app, `${info.testId}-more`)
      more.unshift(copy)
      const server = await startServer(copy.folder, env)
      more.unshift(server)
      return server
    }
    await use({ one, two, nginx, startMore })
    for (const each of more) await each[Symbol.asyncDispose]()
  },
  server: async ({ stage }, use) => use(stage.one),
})
