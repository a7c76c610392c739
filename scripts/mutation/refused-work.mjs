// Mutants (scripts/mutate.mjs): each removes one of the checks that stop refused work.

/** @type {readonly import('./mutants.d.ts').Mutants[]} */
export const REFUSED_WORK = [
  {
    file: 'admit.ts',
    test: 'refused-work.test.ts',
    checks: [['that a handler’s path is no page’s', 'gate.canNeverBePage(request.target)', 'false']],
  },
  {
    file: 'route.ts',
    test: 'refused-work.test.ts',
    checks: [['that a rule may lead past a handler', ' && final.has(match.pattern)', '']],
  },
  {
    file: 'respond.ts',
    test: 'refused-work.test.ts',
    checks: [
      ['that Next hears of a refused answer', '  tellClientGone(response)\n  return false\n', '  return false\n'],
      [
        'that Next hears of a refused page',
        'sendRefusal(response, refused)\n      tellClientGone(response)',
        'sendRefusal(response, refused)',
      ],
      ['that a refused answer takes no more', 'passes(response.statusCode) &&', '!passes(response.statusCode) ||'],
    ],
  },
  {
    file: 'client-gone.ts',
    test: 'client-gone.test.ts',
    checks: [
      ['that an answered response was not Next’s', "'writableFinished', { value: false }", "'x', {}"],
      ['that a client that has gone is heard of out of turn', "response.emit('close')", ''],
      ['that a connection closes for those that wait, too', 'all.add(tell)', ''],
    ],
  },
  {
    file: 'place.ts',
    test: 'limits.test.ts',
    checks: [
      ['that a render ends at the deadline', 'setTimeout(giveUp, deadline)', 'setTimeout(() => {}, deadline)'],
      ['that a place is free when the render has ended', '  freeAtEnd(response)\n', ''],
    ],
  },
  {
    file: 'respond.ts',
    test: 'limits.test.ts',
    checks: [['that a place is free when a record is sent', '  freePlace(response)\n}', '}']],
  },
]
