// Proves that no stage can be skipped: only the stage before can make what a stage takes. The compiler is the test: each line below must
// be an error.

import { expect, it } from 'vitest'

import { Admitted } from '../gate/admit.ts'
import { Confirmed } from './confirm.ts'
import { Opened } from './unseal.ts'

it('lets no one make a stage by hand', () => {
  const plain = { target: '/', headers: {}, wanted: { kind: 'record' } }
  const attempts = [
    // @ts-expect-error -- the constructor is private
    () => new Admitted(plain, plain.wanted),
    // @ts-expect-error -- a look-alike is not an Admitted
    (vault: never) => Opened.open(plain, plain.wanted, vault, 0),
    // @ts-expect-error -- the constructor is private
    (admitted: Admitted) => new Opened(admitted, 'digest', {}, 'digest'),
    // @ts-expect-error -- an admitted request is not yet opened
    (admitted: Admitted, page: never, rules: never) => Confirmed.confirm(admitted, page, rules),
    // @ts-expect-error -- the constructor is private
    (opened: Opened, page: never) => new Confirmed(opened, page),
  ]
  expect(attempts).toHaveLength(5)
})
