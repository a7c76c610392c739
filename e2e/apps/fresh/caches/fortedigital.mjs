// @fortedigital/nextjs-cache-handler, as its "Quick Start" says.

import { CacheHandler } from '@fortedigital/nextjs-cache-handler'
import createRedisHandler from '@fortedigital/nextjs-cache-handler/redis-strings'
import { createClient } from '@redis/client'

const client = createClient({ url: process.env.REDIS_URL }).on('error', () => {})
await client.connect()

CacheHandler.onCreation(() => ({ handlers: [createRedisHandler({ client })] }))

export default CacheHandler
