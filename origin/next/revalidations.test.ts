// Proves that a Next whose list of revalidated tags cannot be found counts as one that has revalidated all of them. A list that is found is
// tested in origin/answer/revalidated.test.ts.

import { expect, it } from 'vitest'

import { findRevalidations, momentOf } from './revalidations.ts'

it('takes everything for revalidated if Next’s list is not where it was', async () => {
  const gone = findRevalidations('/', false)
  expect([gone.any(momentOf()), await gone.anyOf([], momentOf())]).toEqual([true, true])
  const found = findRevalidations(process.cwd(), false)
  expect([found.any(momentOf()), await found.anyOf([], momentOf())]).toEqual([false, false])
})
