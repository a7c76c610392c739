// Mutants (scripts/mutate.mjs): each removes one of the checks that keep a resume from being older than the page.

/** @type {readonly import('./mutants.d.ts').Mutants[]} */
export const FRESHNESS = [
  {
    file: 'confirm.ts',
    test: 'revalidated.test.ts',
    checks: [
      ['that a state is not outdated', '(await lastServed.isOutdated(digest, page.tags)) ?', 'false ?'],
      ['that a newer state has the very same shell', 'postponedState) === digest) return', 'postponedState)) return'],
      [
        'that a preload’s state is not outdated',
        '(await lastServed.isKnownOutdated(shown.start, page.tags)) ?',
        'false ?',
      ],
    ],
  },
  {
    file: 'handle.ts',
    test: 'revalidated.test.ts',
    checks: [['that an action’s state is not outdated', 'await lastServed.isOutdated(opened.digest, tags)', 'false']],
  },
  {
    file: 'last-served.ts',
    test: 'last-served.test.ts',
    checks: [
      ['tags that no one names', 'tags === undefined && revalidations.any(served.since)', 'false'],
      ['that a digest is the one that begins so', 'served?.digest === digest ?', 'served ?'],
    ],
  },
  {
    file: 'last-served.ts',
    test: 'revalidated.test.ts',
    checks: [
      ['that a state that is not known may be outdated', 'if (!served || (', 'if (served && ('],
      ['that a page that is served once more is not new', '!isStale && ', ''],
      ['the tags of the page beside the state’s', '...(tags ?? [])', ''],
    ],
  },
  {
    file: 'next-page.ts',
    test: 'revalidated.test.ts',
    checks: [
      [
        'that a page is no newer than its request',
        'answer(page && { ...page, asOf })',
        'answer(page && { ...page, asOf: momentOf() })',
        'no newer',
      ],
    ],
  },
  {
    file: 'revalidations.ts',
    test: 'revalidated.test.ts',
    checks: [
      ['tags that were revalidated with a profile', 'Number(stale) >= since || ', ''],
      ['tags that were revalidated at once', '(Number(expired) >= since && ', '(false && '],
      ['pages that other servers revalidate', 'hasOwnPageCache && handlers.length === 0', 'false'],
      ['what the app’s own handlers do not say', '!(at < since)', 'at >= since'],
      ['what other servers have written', "typeof refreshTags === 'function'", 'false'],
    ],
  },
  {
    file: 'stored-segments.ts',
    test: 'stored-segments.test.ts',
    checks: [
      ['what the visitor has changed', ' || found.isInvalidated', ''],
      ['drafts', ' || isDraft', ''],
      ['what a route of the app can intercept', '!found?.segments.has(ROUTER_TREE)', '!found'],
      ['a page past its expiry', 'isAlive(found.record, config, Date.now())', 'true'],
      ['a page that did not begin with its shell', ' && !isMisfit(path, found.record)', ''],
      ['rewritten addresses', 'if (keys.at(-1) === ELSEWHERE) return undefined', ''],
      ['a deploy', ' || isOutdated(config)', ''],
      ['that an origin answers', 'isPaused() || ', ''],
      ['that it is ours', "config.transport !== 'auto' || ", ''],
      ['the time between two questions', '< wait) return', '< 0) return'],
      ['a revalidation that is sooner', '(lifetime.revalidate ?? Infinity) * 1000', 'Infinity'],
      [
        'that pages are asked for one after the other',
        'before = before.then(untilQuiet)',
        'before = Promise.resolve().then(untilQuiet)',
      ],
      ['the segments in the question', 'mode, segments }, config', 'mode }, config'],
    ],
  },
  {
    file: 'refresh.ts',
    test: 'stored-segments.test.ts',
    checks: [['the segments that have come meanwhile', '      used &&= answer.whole.segments\n', '', 'asks on by']],
  },
  {
    file: 'stored-segments.ts',
    test: 'quiet-router.test.ts',
    checks: [
      ['that the router is quiet', '.then(untilQuiet)', ''],
      [
        'that a link waits longer for the store than a page',
        'Math.max(config.timeouts.store, LINK_STORE_MS)',
        'config.timeouts.store',
      ],
    ],
  },
  {
    file: 'transport/record.ts',
    test: 'quiet-router.test.ts',
    checks: [['a question that is never answered', 'AbortSignal.timeout(RECORD_MS)', 'null', 'asks for the next page']],
  },
  {
    file: 'routing/segments.ts',
    test: 'stored-segments.test.ts',
    checks: [['what is rendered for a visitor before a click', "|| found?.record.kind === 'static'", '|| found']],
  },
  {
    file: 'serve-record.ts',
    test: 'current.test.ts',
    checks: [['the segments that a browser has', 'segments === (await', 'undefined !== (await']],
  },
]
