// Proves that no stage can be skipped: what a stage takes is made by the stage before it and by nothing else. The compiler is
// the test; each line below must be an error.

import { expect, it } from 'vitest'

import { Admitted } from './admit.ts'
import { Allowed } from './proxy.ts'
import { Resolved } from './route.ts'
import { Opened } from './unseal.ts'

it('lets nobody make a stage by hand', () => {
  const plain = { target: '/', headers: {}, digest: 'x', sealedState: new Uint8Array() }
  const attempts = [
    // @ts-expect-error -- the constructor is private
    () => new Admitted('x', plain, plain.sealedState),
    // @ts-expect-error -- a look-alike is not an Admitted
    () => Allowed.allow(plain, [], ''),
    // @ts-expect-error -- an admitted request is not yet allowed
    (admitted: Admitted, rules: never) => Resolved.resolve(admitted, rules),
    // @ts-expect-error -- an allowed request is not yet resolved
    (allowed: Allowed, vault: never) => Opened.open(allowed, vault, 0),
    // @ts-expect-error -- the constructor is private
    (resolved: Resolved) => new Opened(resolved, 'state'),
  ]
  expect(attempts).toHaveLength(5)
})
