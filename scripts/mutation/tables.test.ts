// Finds a mutant whose file has moved within a second, instead of after minutes in the mutants' own run.

import { expect, it } from 'vitest'

import { scoreByFolder } from './score.mjs'
import { readMutants } from './tables.mjs'

it('names files, tests and lines that are there once', () => {
  expect(readMutants().length).toBeGreaterThan(100)
})

it('counts what was killed by folder', () => {
  const killed = (folder: string, isKilled: boolean) => ({ path: `/tree/${folder}/file.ts`, isKilled })
  const results = [killed('sw/response', true), killed('origin/gate', false), killed('origin/gate', true)]
  expect(scoreByFolder(results, '/tree')).toEqual([
    { folder: 'origin/gate', killed: 1, all: 2 },
    { folder: 'sw/response', killed: 1, all: 1 },
  ])
})
