// Proves that a draft is never taken for the published page if the build does not say which draft cookie is the right one. Whom the rules
// of a build let bypass shells is tested in origin/answer/refusals.test.ts.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { openBypass } from './bypass.ts'

const DRAFT = { cookie: '__prerender_bypass=x' }

it.each([
  ['is gone', undefined],
  ['is of another form', '{"preview":{"id":"x"}}'],
  ['is no JSON', '{'],
])('takes any cookie of draft mode for the right one if prerender-manifest.json %s', async (_name, text) => {
  const folder = await mkdtemp(join(tmpdir(), 'bypass-'))
  if (text !== undefined) await writeFile(join(folder, 'prerender-manifest.json'), text)
  const isPast = openBypass([], folder)
  await rm(folder, { recursive: true })
  expect([isPast(DRAFT), isPast({})]).toEqual([true, false])
})
