// Proves that each test that the index names for a fault from the field exists.

import { readFile } from 'node:fs/promises'

import { expect, it } from 'vitest'

import { FIELD_FAULTS } from './field-faults.ts'

it.each(Object.entries(FIELD_FAULTS))('shows %s where it says', async (_number, shown) => {
  for (const { file, title } of shown)
    expect(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8'), file).toContain(title)
})
