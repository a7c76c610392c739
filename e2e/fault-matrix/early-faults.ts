// Faults of a page that is usable before its origin has answered, and their tests. A part of host-faults.ts.

import type { Shown } from './shown.ts'

export const EARLY_FAULTS: Readonly<Record<string, readonly [Shown, ...Shown[]]>> = {
  L1: [{ file: 'origin/next/half-page.test.ts', title: 'sends the browser to the page, with the cookies' }],
  L2: [
    { file: 'sw/transport/continuation.test.ts', title: 'waits for an origin that is slower than a start without a' },
    { file: 'sw/response/open-streams.test.ts', title: 'knows of a page that has asked that its scripts run' },
  ],
  L3: [
    { file: 'e2e/specs/builds/forms.spec.ts', title: 'leaves a page that is another one by now without a word of' },
    { file: 'sw/response/splice.test.ts', title: 'keeps React from giving up a shell that starts it, until' },
  ],
}
