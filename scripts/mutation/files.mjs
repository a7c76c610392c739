// Finds a file by as much of its path as no other has: a folder that is renamed leaves the table of mutants as it is.

import { readdirSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'

const FOLDERS = ['protocol', 'seal', 'origin', 'sw']

/** @returns {(end: string) => string} The only file whose path ends so, as an absolute path. */
export function filesByEnd() {
  const all = FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, path)))
  return (end) => {
    const found = all.filter((path) => `/${path.split(sep).join('/')}`.endsWith(`/${end}`))
    if (found.length === 1) return resolve(found[0])
    throw new Error(`${found.length} files end in ${end}: the tables of scripts/mutation/ have to name one.`)
  }
}
