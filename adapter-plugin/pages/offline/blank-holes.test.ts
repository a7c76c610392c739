// Proves which holes count as blank, in markup as React writes it.

import { expect, it } from 'vitest'

import { countBlankHoles } from './blank-holes.ts'

const hole = (fallback: string, mark = '?') => `<!--$${mark}--><template id="B:0"></template>${fallback}<!--/$-->`

it.each([
  ['a fallback', `<main>${hole('<i>…</i>')}</main>`, 0],
  ['text as a fallback', `<main>${hole('…')}</main>`, 0],
  ['no fallback', `<main>${hole('')}${hole('<i>…</i>')}${hole('')}</main>`, 2],
  ['no fallback, by another mark', `<main>${hole('', '~')}</main>`, 1],
  ['metadata that is streamed', `<div hidden="">${hole('')}</div><main></main>`, 0],
  ['no hole', '<main><!--$--><!--/$--></main>', 0],
])('counts in a shell with %s', (_what, shell, count) => expect(countBlankHoles(shell)).toBe(count))
