// Proves that a stored stage reveals nothing to a person who does not know its URL.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { toUtf8 } from '../../protocol/utf8.ts'
import { resumingRecord } from '../util/test-worker.ts'
import { lockStage, unlockStage } from './stage-lock.ts'

const { digest } = resumingRecord('/page')
const url = 'https://shop.test/reset/5f3a?mail=ada'
const STAGE = toUtf8('0:{"c":["","reset","5f3a"],"q":"?mail=ada"}')

it('is opened by its own record and URL alone', async () => {
  const locked = await lockStage(STAGE, { digest, url })
  expect(await unlockStage(locked, { digest, url })).toEqual(STAGE)
  expect(await unlockStage(locked, { digest, url: 'https://shop.test/reset/5f3b?mail=ada' })).toBeUndefined()
  expect(await unlockStage(locked, { digest: resumingRecord('/other').digest, url })).toBeUndefined()
})

it('has nothing of its page in what is stored, nor twice the same', async () => {
  const [one, other] = await Promise.all([lockStage(STAGE, { digest, url }), lockStage(STAGE, { digest, url })])
  expect(String.fromCodePoint(...one)).not.toMatch(/reset|5f3a|ada/)
  expect(one).not.toEqual(other)
})

it('is not opened if a byte is another one, nor if it is no stage', async () => {
  const locked = await lockStage(STAGE, { digest, url })
  await fc.assert(
    fc.asyncProperty(fc.nat(locked.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const altered = locked.map((byte, index) => (index === at ? byte ^ change : byte))
      expect(await unlockStage(altered, { digest, url })).toBeUndefined()
    }),
  )
  expect(await unlockStage(new Uint8Array(5), { digest, url })).toBeUndefined()
})
