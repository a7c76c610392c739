// The files of this tree that belong to it: those that .gitignore does not name. Asks no git: a tarball of the tree has none, and the
// tests of it say the same there.

import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Paths below the tree, with slashes, sorted. */
export function listTree(root: string): readonly string[] {
  const isIgnored = parseIgnored(readFileSync(join(root, '.gitignore'), 'utf8'))
  const below = (folder: string): readonly string[] =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => !isIgnored(entry))
      .flatMap((entry) => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        return entry.isDirectory() ? below(path) : [path]
      })
  return below('').toSorted()
}

type Named = Pick<Dirent, 'name' | 'isDirectory'>

/** Names of files, names of folders (`dist/`), and ends of names (`*.tgz`): all that this .gitignore has. */
export function parseIgnored(text: string): (entry: Named) => boolean {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const strange = lines.find((line) => !/^\*?[\w.-]+\/?$/.test(line))
  if (strange !== undefined) throw new Error(`.gitignore has ${strange}, which docs/test-tree.ts does not read`)
  return (entry) =>
    entry.name === '.git' ||
    lines.some((line) => {
      if (line.endsWith('/')) return entry.isDirectory() && entry.name === line.slice(0, -1)
      return line.startsWith('*') ? entry.name.endsWith(line.slice(1)) : entry.name === line
    })
}
