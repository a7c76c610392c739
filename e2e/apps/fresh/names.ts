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

/** As new as the clock says. Under five minutes of `expire` Next would leave it out of the shell. */
export async function nameForSeconds(id: string): Promise<string> {
  'use cache'
  cacheLife({ revalidate: 2, expire: 3600 })
  return readAll()[id] ?? `${id} as built`
}

export function rename(id: string, name: string): void {
  // Whoever reads meanwhile reads all of it.
  writeFileSync(`${file}.new`, JSON.stringify({ ...readAll(), [id]: name }))
  renameSync(`${file}.new`, file)
}
