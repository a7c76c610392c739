// The checks of what a record holds: how long its seal is, and which headers it keeps (scripts/mutate.mjs).

/** @type {readonly import('./mutants.d.ts').Mutants[]} */
export const RECORDS = [
  {
    file: 'padding.ts',
    test: 'seal.test.ts',
    checks: [
      ['that no edge of a block shows', '(deflated.length + moved)', 'deflated.length', 'does not follow'],
      ['that the padding needs the key', "createHmac('sha256', paddingKey)", "createHmac('sha256', '')", 'foretold'],
    ],
  },
  {
    file: 'make-record.ts',
    test: 'current.test.ts',
    checks: [
      ['what a record keeps of one answer', 'ruled.has(name) || isOfThePage(name)', 'true', 'what a host adds'],
      ['what a host adds to a page', ' || isOfThePage(name)', '', 'what a host adds'],
    ],
  },
  {
    file: 'serve-record.ts',
    test: 'current.test.ts',
    checks: [
      ['that a record of a guarded page has no visitor’s headers', "mode === 'instant' ?", 'true ?'],
      ['that no nonce is kept', 'hasNonce(name, value)', 'false', 'holds a nonce'],
    ],
  },
]
