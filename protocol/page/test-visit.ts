// A visit for unit tests of what is said and drawn of it; each test names what it changes.

import type { Visit, VisitTimes } from './inspection.ts'

const TIMES: VisitTimes = {
  boot: undefined,
  received: 0,
  store: undefined,
  firstByte: 12,
  reply: undefined,
  firstHole: undefined,
  lastHole: undefined,
  end: 20,
}

export const visitOf = (given: Partial<Omit<Visit, 'times'>> = {}, times: Partial<VisitTimes> = {}): Visit => ({
  at: 0,
  path: '/',
  outcome: 'instant',
  mode: 'instant',
  isRepeat: false,
  lookup: 'usable',
  digest: 'a',
  reply: 'resumed',
  refusal: undefined,
  isPreloaded: false,
  hadStaleHoles: false,
  ending: 'complete',
  simulation: 'nothing',
  times: { ...TIMES, ...times },
  ...given,
})
