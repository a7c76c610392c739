// Proves that the documents name the limits in the words of the build, `inspect` and `doctor`.

import { readFile } from 'node:fs/promises'

import { expect, it } from 'vitest'

import { LIMITS, UNSUITABLE_PATH } from '../protocol/build/limits.ts'

it.each([...Object.values(LIMITS), UNSUITABLE_PATH])('says in troubleshooting: %s', async (sentence) => {
  const text = await readFile(new URL('troubleshooting.md', import.meta.url), 'utf8')
  expect(text.replaceAll(/\s+/g, ' ')).toContain(sentence)
})
