// Keeps Next's page cache in Redis (`cacheHandler`), for several servers of one build: no package in the registry stores pages of Cache
// Components with their postponed state for 16.4. Prerendered pages are read from the disk as usual. Tags are kept in Redis and copied
// to Next's own list before every read, so that `use cache` respects them, too.

import { deserialize, serialize } from 'node:v8'

import { createClient } from '@redis/client'
import FileSystemCacheModule from 'next/dist/server/lib/incremental-cache/file-system-cache.js'
import tagsModule from 'next/dist/server/lib/incremental-cache/tags-manifest.external.js'

const FileSystemCache = FileSystemCacheModule.default ?? FileSystemCacheModule
const { tagsManifest } = tagsModule

const url = process.env.FRESH_REDIS
let connecting

/** Undefined during the build, which needs no Redis. */
async function redis() {
  if (url === undefined) return undefined
  connecting ??= createClient({ url })
    .on('error', () => {})
    .connect()
  return connecting
}

export default class RedisCache extends FileSystemCache {
  async get(key, context) {
    const client = await redis()
    if (!client) return super.get(key, context)
    for (const [tag, entry] of Object.entries(await client.hGetAll('tags'))) tagsManifest.set(tag, JSON.parse(entry))
    const stored = await client.get(`page:${key}`)
    return stored === null ? super.get(key, context) : deserialize(Buffer.from(stored, 'base64'))
  }

  async set(key, value, context) {
    const client = await redis()
    if (!client) {
      await super.set(key, value, context)
      return
    }
    const entry = { value, lastModified: Date.now(), cacheControl: context.cacheControl }
    await client.set(`page:${key}`, serialize(entry).toString('base64'))
  }

  async revalidateTag(tags, durations) {
    await super.revalidateTag(tags, durations)
    const client = await redis()
    for (const tag of [tags].flat()) await client?.hSet('tags', tag, JSON.stringify(tagsManifest.get(tag)))
  }
}
