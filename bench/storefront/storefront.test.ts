// Proves that the bench's front page has its chunks: every part is a module of its own, imported once, and no two are equal.

import { expect, it } from 'vitest'

import { PARTS, storefrontParts } from './storefront.ts'

it('writes as many parts as it says, none like another, all of them imported', () => {
  const files = storefrontParts()
  const all = files.get('app/storefront/parts.tsx') ?? ''
  const parts = [...files].filter(([path]) => /part-\d+\.tsx$/.test(path))
  expect(parts).toHaveLength(PARTS)
  expect(new Set(parts.map(([, text]) => text)).size).toBe(PARTS)
  for (const [path] of parts) expect(all).toContain(`import('./${path.split('/').at(-1)?.replace('.tsx', '')}')`)
})
