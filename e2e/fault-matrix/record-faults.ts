// Faults of what a record holds and where it is stored, and their tests. A part of host-faults.ts.

import type { Shown } from './shown.ts'

export const RECORD_FAULTS: Readonly<Record<string, readonly [Shown, ...Shown[]]>> = {
  'a stylesheet in every part of a record': [
    { file: 'protocol/record/pack-segments.test.ts', title: 'holds once what shell and segments repeat: a stylesheet' },
    { file: 'protocol/record/record-codec.test.ts', title: 'gives back the record and the segments that went in' },
  ],
  'pages with the same shell and state': [
    { file: 'adapter-plugin/output/files.test.ts', title: 'gives each page a file of its own, also where shell and' },
    { file: 'origin/answer/handle.test.ts', title: 'goes on from one state on each of the pages that share it' },
  ],
}
