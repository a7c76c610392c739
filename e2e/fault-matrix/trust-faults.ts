// What was too old, too large, or trusted without proof, and the tests that fail without its fix (field-faults.ts).

import type { Shown } from './shown.ts'

export const TRUST_FAULTS: Readonly<Record<string, readonly [Shown, ...Shown[]]>> = {
  F5: [
    { file: 'origin/gate/admit.test.ts', title: 'reads a path of nothing but %s once' },
    { file: 'sw/transport/continuation.test.ts', title: 'lets a body go whose head does not read: %s' },
    { file: 'e2e/specs/security/gate.spec.ts', title: 'leaves what is no POST to Next' },
    { file: 'e2e/specs/changes/freshness.spec.ts', title: 'doubts nothing for a form of another site' },
    { file: 'adapter-plugin/pages/classify.test.ts', title: 'is off because of %s' },
    { file: 'adapter-plugin/pages/classify.test.ts', title: 'is as ever with a large state that deflates' },
    { file: 'origin/answer/current.test.ts', title: 'makes none of a page whose state has grown too large' },
  ],
  G6: [
    {
      file: 'e2e/specs/changes/stale-holes.spec.ts',
      title: 'renders no hole older than the page, for whatever record',
    },
    { file: 'e2e/specs/changes/stale-holes.spec.ts', title: 'continues from the page’s own state if the shell has' },
    {
      file: 'e2e/specs/changes/preload-fresh.spec.ts',
      title: 'sends the whole page to a browser whose shell a tag has',
    },
    {
      file: 'e2e/specs/changes/stale-holes.spec.ts',
      title: 'renders no hole older than the shell that goes with it, if the clock alone',
    },
    { file: 'origin/answer/revalidated.test.ts', title: 'of which a tag was revalidated %s' },
    { file: 'origin/answer/revalidated.test.ts', title: 'runs no server action from an outdated state' },
  ],
  J13: [
    { file: 'sw/install/install.test.ts', title: 'takes over nothing that a script has put into the cache of' },
    { file: 'sw/refresh/refresh.test.ts', title: 'takes away what has the page’s digest and other bytes' },
    { file: 'sw/transport/continuation.test.ts', title: 'refuses to go on from a shell that is not what the origin' },
    { file: 'sw/navigation/navigate.test.ts', title: 'takes away at once a shell that some script has altered' },
    { file: 'e2e/specs/security/after-xss.spec.ts', title: 'runs no script that was put into' },
    { file: 'e2e/specs/security/after-xss.spec.ts', title: 'once from a shell that some script has altered' },
    { file: 'sw/install/install.test.ts', title: 'takes from the cache %s what has the name of this build’s file' },
    { file: 'sw/response/body.test.ts', title: 'asks what the page is if it was left %s' },
    { file: 'adapter-plugin/output/files.test.ts', title: 'hashes every script that pages may load' },
    { file: 'origin/answer/current.test.ts', title: 'tells what the bytes of a browser that has the page must' },
  ],
}
