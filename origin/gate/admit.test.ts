// Proves what no response shows of the gate: how it reads a target that was made to be slow to read.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { Admitted } from './admit.ts'
import { LIMITS } from './limits.ts'
import { Refused } from './refused.ts'

const gate = {
  buildId: 'build',
  limits: LIMITS,
  bodies: { bytes: 0 },
  bypasses: () => false,
  actionBytes: undefined,
  canNeverBePage: () => false,
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const admit = (target: string) =>
  Admitted.admit({ target, headers: { 'shell-cache-record': 'build' }, body: nothing() }, gate)

// If reading were quadratic, each of these would take minutes: a test that never ends has failed.
it.each(['[', '%5b', '%5B['])('reads a path of nothing but %s once', async (bracket) => {
  expect(await admit(`/${bracket.repeat(500_000)}`)).toBeInstanceOf(Admitted)
})

it('refuses every path that holds a placeholder, in whatever escapes', async () => {
  const part = fc.constantFrom('[', ']', '%5B', '%5b', '%5D', '%5d', 'a', '%20')
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), async (parts) => {
      const target = `/${parts.join('')}`
      const isPlaceholder = /\[.*\]/.test(decodeURIComponent(target))
      expect(await admit(target)).toEqual(isPlaceholder ? new Refused('absent') : expect.any(Admitted))
    }),
  )
})
