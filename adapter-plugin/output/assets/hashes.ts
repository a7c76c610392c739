// SHA-256 of the files that browsers keep. A file that is still cached from an earlier build is used again only if its hash is equal
// (sw/install/assets.ts).

import { readFile } from 'node:fs/promises'

import { hashOf } from '../../../seal/hash.ts'
import { fileOf, type Place } from './assets.ts'

/** Hashes by URL. A file that is not below the build's static folder has none. */
export async function hashesOf(urls: readonly string[], place: Place): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {}
  for (const url of urls) {
    const content = await readFile(fileOf(url, place)).catch(() => undefined)
    if (content) hashes[url] = hashOf(content)
  }
  return hashes
}
