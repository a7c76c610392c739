// Mutants (scripts/mutate.mjs): each removes one check of what is stored for single pages, which is what was learned of them, and copies.

/** @type {readonly import('./mutants.d.ts').Mutants[]} */
export const PAGES = [
  {
    file: 'sw/store/pages.ts',
    test: 'store/pages.test.ts',
    checks: [
      ['that the record of a page is the one', 'if (use?.digest !== digest) return', 'if (!use) return', 'meanwhile'],
      ['how many pages are kept', 'others.slice(0, MOST_PAGES - 1)', 'others', 'twenty'],
      ['pages of a record that do not fit', '.length >= ENOUGH_UNFIT', '.length >= 9', 'did not fit'],
    ],
  },
  {
    file: 'records.ts',
    test: 'store/pages.test.ts',
    checks: [['the record that a page is of', 'page?.digest === record.digest ? page : undefined', 'page', 'not read']],
  },
  {
    file: 'budget.ts',
    test: 'store/pages.test.ts',
    checks: [['that pages go before records', ' && (room -= bytes) >= 0', '', 'before any record']],
  },
  {
    file: 'copies.ts',
    test: 'copies.test.ts',
    checks: [
      ['that a copied page was complete', "ending !== 'complete' || ", '', 'keeps nothing of a page'],
      ['how long a copy may be', 'length > MOST_BYTES || ', '', 'over a megabyte'],
      ['that a change ends a copy', ' || marks.sequence !== copy.asOf', '', 'change'],
      ['how long a copy is kept', ' || age >= COPY_MS', '', 'after a day when'],
      ['the routes that are copied', ' && offlineCopies.includes(record.route)', '', 'of routes'],
      ['that another visitor ends a copy', 'if (mayChangeVisitor(event.request)) event', 'if (false) event', 'log its'],
      ['that expired copies are looked for', 'swept ??= keepWithin(config).catch(() => {})', '', 'whatever page'],
    ],
  },
  {
    file: 'stale-holes.ts',
    test: 'stale-holes.test.ts',
    checks: [
      [
        'that a rest that has begun is waited for',
        'await withDeadline(rest, STALE_HOLES_MS)',
        'await withDeadline(rest, 0)',
        'no word of a copy',
      ],
      ['that what stands in is no HTML', ".replaceAll('<', String.raw`\\u003c`)", '', 'as the text of a script'],
      ['that data does not stand in', String.raw`/\$R[CRS]\("/.test(text)`, 'true', 'as the text of a script'],
    ],
  },
  {
    file: 'splice.ts',
    test: 'early-splice.test.ts',
    checks: [
      ["that a copy is not the network's page", "source.kind === 'copied' ? 'offline' : 'complete'", "'complete'"],
    ],
  },
]
