import { readFileSync, renameSync, writeFileSync } from 'node:fs'

import { cacheLife, cacheTag } from 'next/cache'

const file = process.env.FRESH_NAMES ?? ''

function readAll(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(/* turbopackIgnore: true */ file, 'utf8'))
  } catch {
    return {}
  }
}

/** What a page shows in its shell. */
export async function nameOf(id: string): Promise<string> {
  'use cache'
  cacheLife('days')
  cacheTag('names', `name-${id}`)
  return readAll()[id] ?? `${id} as built`
}

/** Becomes stale only by time. With an `expire` below five minutes Next would leave it out of the shell. */
export async function nameForSeconds(id: string): Promise<string> {
  'use cache'
  cacheLife({ revalidate: 2, expire: 3600 })
  return readAll()[id] ?? `${id} as built`
}

export function rename(id: string, name: string): void {
  // Renamed into place, so that a parallel read always gets the whole file.
  writeFileSync(`${file}.new`, JSON.stringify({ ...readAll(), [id]: name }))
  renameSync(`${file}.new`, file)
}
