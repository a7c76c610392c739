// Lists every row of the fault matrix with the tests that show it, each by its file and title.
// fault-index.test.ts checks that the tests exist.

type Shown = { readonly file: string; readonly title: string }

const row = (title: string): Shown => ({ file: 'e2e/fault-matrix/fault-rows.ts', title })
const ladder = (title: string): Shown => ({ file: 'e2e/specs/failures/ladder.spec.ts', title })
const store = (title: string): Shown => ({ file: 'sw/store/records.test.ts', title })

export const FAULTS: Readonly<Record<string, readonly [Shown, ...Shown[]]>> = {
  F1: [row('F1 F4'), store('leaves a database of a newer version alone for a minute')],
  F2: [row('the database never answers')],
  // No browser loses its connection on demand.
  F3: [store('uses no connection again that failed once')],
  F4: [row('F1 F4'), store('lets go of the database when a newer version wants it')],
  F5: [
    row('the database is somebody else’s'),
    store('puts an empty database of ours in the place of one without our table'),
  ],
  // A quota can be set only in Chromium, and not for a single write.
  F6: [store('leaves the older record whole if the newer one does not fit')],
  F7: [row('the browser has emptied the database'), ladder('F7 fills the store again')],
  F8: [ladder('F8 F44 works in a private window')],
  F9: [row('a stored shell has changed')],
  F10: [{ file: 'protocol/record/record-codec.test.ts', title: 'a resuming record without its state' }],
  F11: [{ file: 'adapter-plugin/pages/collect.test.ts', title: 'an empty shell by its size' }],
  F12: [ladder('F12 F28 shows a guarded page')],
  F13: [row('the origin refuses'), row('the origin refuses and the page has another shell')],
  F14: [row('the resume is reset')],
  F15: [row('the network goes away behind the shell and comes back')],
  F16: [row('the resume is never answered'), row('nothing is answered in time, and then everything is')],
  F17: [row('the resume falls silent')],
  F18: [row('the resume breaks off'), ladder('F18 reloads once wherever a resume breaks off')],
  F19: [row('the resume ends early, as if it were whole')],
  F20: [
    { file: 'e2e/specs/workers/ladder-deploys.spec.ts', title: 'F20 chromium reloads a page whose worker was killed' },
  ],
  F21: [ladder('F43 F21 shows the page if the worker’s script fails')],
  F22: [row('a new worker takes over while the page streams')],
  F23: [{ file: 'e2e/specs/workers/patient.spec.ts', title: 'F23 lets a new worker wait' }],
  F24: [{ file: 'e2e/specs/workers/ladder-deploys.spec.ts', title: 'F24 ends each navigation of many' }],
  F25: [{ file: 'e2e/specs/workers/deploy.spec.ts', title: 'comes back to the old build after a rollback' }],
  F26: [row('two instances of different builds answer in turn')],
  F27: [{ file: 'e2e/specs/workers/ladder-deploys.spec.ts', title: 'F27 loads late code of the old build' }],
  F28: [
    ladder('F12 F28 shows a guarded page'),
    { file: 'e2e/specs/security/gated.spec.ts', title: 'sends a stranger to the login' },
  ],
  F29: [{ file: 'e2e/specs/security/gated.spec.ts', title: 'where a rewrite leads each visitor' }],
  F30: [{ file: 'e2e/specs/security/gated.spec.ts', title: 'with the network’s headers and cookies' }],
  F31: [row('a hole redirects'), row('a hole is not found'), row('a hole throws')],
  F32: [{ file: 'e2e/specs/security/bad-input.ts', title: 'B28 the cookie of draft mode' }],
  F33: [{ file: 'sw/navigation/eligible.test.ts', title: 'a range' }],
  F34: [
    row('the visitor reloads'),
    { file: 'e2e/specs/failures/declined.spec.ts', title: 'asks once for back and forward, by the rest of the shell' },
  ],
  F35: [
    { file: 'sw/preload/transport.test.ts', title: 'goes on without a preload that has failed' },
    {
      file: 'e2e/specs/transport/preload.spec.ts',
      title: 'shows it with the headers of the one answer, and leaves the guard’s own',
    },
  ],
  F36: [ladder('F36 lets the origin go when the visitor goes')],
  F37: [{ file: 'sw/response/splice.test.ts', title: 'reads no more of the source than is asked for' }],
  F38: [store('replaces a record whole')],
  F39: [
    { file: 'e2e/specs/changes/freshness.spec.ts', title: 'what a tag has revalidated ${how}' },
    { file: 'origin/answer/refusals.test.ts', title: 'B30 an expired record' },
  ],
  F40: [
    ladder('F40 forgets what lay behind a guard'),
    { file: 'e2e/specs/workers/ladder-deploys.spec.ts', title: 'F40 chromium keeps the same of two visitors' },
  ],
  F41: [ladder('F41 finds a new worker')],
  F42: [ladder('F42 takes itself away')],
  F43: [{ file: 'sw/routing/routes.test.ts', title: 'takes the network’s answer if the worker fails' }],
  F44: [
    ladder('F8 F44 works in a private window'),
    { file: 'sw/navigation/find-record.test.ts', title: 'a record from the future' },
  ],
}
