// Proves that every fault of the field has a test of the name that the index says.

import { readFile } from 'node:fs/promises'

import { expect, it } from 'vitest'

import { FIELD_FAULTS } from './field-faults.ts'

it.each(Object.entries(FIELD_FAULTS))('shows %s where it says', async (_number, shown) => {
  for (const { file, title } of shown)
    expect(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8'), file).toContain(title)
})
