import { expect, it } from 'vitest'

import { consentOf } from './consent.mjs'

it.each([
  [{}, true, 'ask'],
  [{}, false, 'no'],
  [{ CI: 'true' }, false, 'yes'],
  [{ CI: '1' }, true, 'yes'],
  [{ CI: 'false' }, false, 'no'],
  [{ CI: '' }, true, 'ask'],
  [{ SHELL_CACHE_INSTALL: '1' }, false, 'yes'],
  [{ SHELL_CACHE_INSTALL: '0', CI: 'true' }, true, 'no'],
])('with %o and a terminal %o: %s', (env, isTerminal, consent) => {
  expect(consentOf(env, isTerminal)).toBe(consent)
})
