// Proves that the index has every row of the fault matrix, and that each test it names exists.

import { readFile } from 'node:fs/promises'

import { expect, it } from 'vitest'

import { FAULTS } from './fault-index.ts'

it('has all rows of the matrix', () => {
  expect(Object.keys(FAULTS)).toEqual(Array.from({ length: 44 }, (_, at) => `F${at + 1}`))
})

it.each(Object.entries(FAULTS))('shows %s where it says', async (_id, shown) => {
  for (const { file, title } of shown)
    expect(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8'), file).toContain(title)
})
