// @trieb.work/nextjs-turbo-redis-cache, for `use cache`, as its "Hybrid setup" says. It reads REDIS_URL.

import { redisCacheHandler } from '@trieb.work/nextjs-turbo-redis-cache'

export default redisCacheHandler
