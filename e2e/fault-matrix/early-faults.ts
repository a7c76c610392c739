// Faults of a page that is usable before its origin has answered: a part of field-faults.ts, read with it.

import type { Shown } from './shown.ts'

export const EARLY_FAULTS: Readonly<Record<string, readonly [Shown, ...Shown[]]>> = {
  L3: [
    { file: 'e2e/specs/builds/forms.spec.ts', title: 'leaves a page that is another one by now without a word of' },
    { file: 'sw/response/splice.test.ts', title: 'keeps React from giving up a shell that starts it, until' },
  ],
}
