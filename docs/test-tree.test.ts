import { expect, it } from 'vitest'

import { ROOT } from './test-documents.ts'
import { listTree, parseIgnored } from './test-tree.ts'

const file = (name: string) => ({ name, isDirectory: () => false })
const folder = (name: string) => ({ name, isDirectory: () => true })

it('lists the files of the tree without what is made in it', () => {
  const files = listTree(ROOT)
  expect(files).toEqual(expect.arrayContaining(['.gitignore', 'package.json', 'docs/test-tree.ts']))
  expect(files.filter((path) => /(^|\/)(node_modules|dist|\.next|\.work|\.git)\//.test(path))).toEqual([])
})

it.each([
  ['dist/', folder('dist'), true],
  ['dist/', file('dist'), false],
  ['dist/', folder('dist-of-others'), false],
  ['*.tgz', file('package.tgz'), true],
  ['*.tgz', file('package.tgz.ts'), false],
  ['next-env.d.ts', file('next-env.d.ts'), true],
  ['# a comment', file('a comment'), false],
  ['', folder('.git'), true],
  // A worktree's is a file.
  ['', file('.git'), true],
])('reads %j: %o', (text, entry, expected) => {
  expect(parseIgnored(text)(entry)).toBe(expected)
})

it('says what it cannot read', () => {
  expect(() => parseIgnored('dist/\n!dist/types')).toThrow('.gitignore has !dist/types')
})
