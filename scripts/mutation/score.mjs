// Counts the killed mutants of each folder. Pure.

import { dirname, relative, sep } from 'node:path'

/**
 * @param {readonly { path: string, isKilled: boolean }[]} results
 * @param {string} root
 * @returns {{ folder: string, killed: number, all: number }[]} Sorted by name.
 */
export function scoreByFolder(results, root) {
  const scores = new Map()
  for (const { path, isKilled } of results) {
    const folder = relative(root, dirname(path)).split(sep).join('/')
    const { killed, all } = scores.get(folder) ?? { killed: 0, all: 0 }
    scores.set(folder, { killed: killed + (isKilled ? 1 : 0), all: all + 1 })
  }
  return [...scores].map(([folder, score]) => ({ folder, ...score })).toSorted((a, b) => (a.folder < b.folder ? -1 : 1))
}
