// Proves that comments cite nothing that a reader of this repository cannot open: files of ours by a path that ends as they do, and
// documents by any name.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { ROOT } from './test-documents.ts'
import { listTree } from './test-tree.ts'

const tree = listTree(ROOT)
const sources = tree.filter((path) => /\.(tsx?|mjs)$/.test(path) && path !== 'docs/citations.test.ts')
const folders = [...new Set(tree.flatMap((path) => /^([\w-]+)\//.exec(path)?.[1] ?? []))]

/** By `npm run test:next` and `npm run test:hosts`, which take longer than a check. */
const WRITTEN_LATER = ['docs/compatibility.md', 'docs/hosts-report.md']

/** Paths below a folder of ours, and documents. Next's own files end in `.js`. */
const CITED = new RegExp(
  `(?<![\\w./-])(?:(?:${folders.join('|')})/[\\w./[\\]-]+\\.(?:tsx?|mjs|md)|[\\w./-]+\\.md)\\b`,
  'g',
)

it('cites in comments only files that are in the repository', () => {
  const missing = sources.flatMap((path) =>
    commentsOf(readFileSync(join(ROOT, path), 'utf8')).flatMap((comment) =>
      [...comment.matchAll(CITED)]
        .map(([cited]) => cited)
        .filter((cited) => ![...WRITTEN_LATER, ...tree].some((file) => file === cited || file.endsWith(`/${cited}`)))
        .map((cited) => `${path}: ${cited}`),
    ),
  )
  expect(missing).toEqual([])
})

it('sees a citation of what is not there', () => {
  expect(commentsOf('const a = 1 // see facts.md\n').join().match(CITED)).toEqual(['facts.md'])
  expect(commentsOf('/** As sw/none.ts does. */').join().match(CITED)).toEqual(['sw/none.ts'])
})

function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/\/\*\*?[^]*?\*\/|(?<!:)\/\/.*/g)].map(([comment]) => comment)
}
