// Mutants (scripts/mutate.mjs): each removes one check that the worker relies on. They are about which navigations it answers, the rungs
// of the ladder, the early start, and that visitors see their own changes.

/** @typedef {import('./mutants.d.ts').Mutants} Mutants */

/** @type {readonly Mutants[]} */
const ELIGIBILITY = [
  {
    file: 'eligible.ts',
    test: 'eligible.test.ts',
    checks: [
      ['the method of a navigation', "method === 'GET' && ", ''],
      ['a frame', "destination === 'document' && ", ''],
      ['a range', " && !headers.has('range')", ''],
      ['a reload', "cache !== 'default' || ", ''],
      ['a reload in WebKit', ' || withoutFragment(referrer) === withoutFragment(url)', ''],
      ['a route that is off', " || route.mode === 'off'", ''],
      ['the form of a path', ' || !hasTrailingSlashOf(pathname, config.trailingSlash)', ''],
      ['the base path', 'pathname.startsWith(`${basePath}/`) ? ', 'true ? '],
    ],
  },
]

/** @type {readonly Mutants[]} */
const LADDER = [
  {
    file: 'navigate.ts',
    test: 'navigate.test.ts',
    checks: [
      ['the word of a guard', "navigation.mode === 'gated' || (", '('],
      ['a shell that did not fit', '(found.record && isMisfit(navigation.keys[0], found.record))', 'false'],
      ['that a reload is the network’s', "found.kind !== 'usable' || navigation.isRepeat", "found.kind !== 'usable'"],
      [
        'that what is shown is usable',
        "found.kind !== 'usable' || navigation.isRepeat",
        '!found.record || navigation.isRepeat',
      ],
    ],
  },
  {
    file: 'gated.ts',
    test: 'gated.test.ts',
    checks: [
      ['that a guarded record is usable', "found.kind === 'usable' ? ", 'true ? '],
      ['the headers of a verdict', "record, whole, { outcome: 'gated', headers", "record, whole, { outcome: 'gated'"],
      ['what a guard keeps back', "(isGuarded && reason === 'route') || ", ''],
      ['where a guard sends a visitor', "answer?.kind === 'refused' && answer.location !== null", 'false'],
    ],
  },
  {
    file: 'find-record.ts',
    test: 'find-record.test.ts',
    checks: [
      ['a guard where there is no network', "mode === 'gated' || ", ''],
      ['that the build shows nothing expired', ' && !offline.expired', ' && false'],
      ['the hash of a shell', '(await hashOf(record.shell)) === record.shellHash', 'true'],
      ['the end of a record’s life', ' && held < limit', ''],
      ['a clock that was set back', 'held >= 0 && ', ''],
      ['when the server made a record', ' && (now - madeAt) / 1000 < (expire ?? Infinity)', ''],
      ['the revalidation of what no one refreshes', "kind === 'static' && transport !== 'auto' ?", 'false ?'],
    ],
  },
  {
    file: 'transport/resume.ts',
    test: 'continuation.test.ts',
    checks: [
      ['the record that a verdict names', 'verdict.digest === record.digest && ', ''],
      ['the status of a resume', ' && status === 200', ''],
      ['what the shell of a verdict is', 'isResumed && verdict.shellHash && ', 'false && '],
      ['who started a navigation', "if (!isOwnNavigation(request)) return { kind: 'unanswered' }", ''],
    ],
  },
  {
    file: 'transport/document.ts',
    test: 'continuation.test.ts',
    checks: [['the type of a document', ' && isHtml(page)', '']],
  },
  {
    file: 'preload/transport.ts',
    test: 'preload/transport.test.ts',
    checks: [
      ['that a preload is of the shell', "return answer.kind === 'unanswered' ? ", 'return false ? '],
      ['that a preload is no half page', 'response && !isOurs(response) && ', 'response && '],
    ],
  },
]

/** @type {readonly Mutants[]} */
const FRESHNESS = [
  {
    file: 'protocol/record/stored.ts',
    test: 'marks.test.ts',
    checks: [
      ['that everything has changed', 'marks.everything > asOf || ', ''],
      [
        'that a tag has changed',
        'marks.everything > asOf || tags.some((tag) => (marks.tags[tag] ?? 0) > asOf)',
        'marks.everything > asOf',
      ],
    ],
  },
  {
    file: 'marks.ts',
    test: 'marks.test.ts',
    checks: [
      ['more tags than are kept', ' || Object.keys(tags).length > MOST_TAGS', ''],
      ['a mark from before a purge', 'hadMarks ? purged + 1 : 0', '0'],
    ],
  },
  {
    file: 'marks.ts',
    test: 'invalidate.test.ts',
    checks: [['a mark that is lost', 'isOneLost = true', '']],
  },
  {
    file: 'find-record.ts',
    test: 'find-record.test.ts',
    checks: [['doubt about what is found', 'if (isInvalidated) return', 'if (false) return']],
  },
  {
    file: 'records.ts',
    test: 'records.test.ts',
    checks: [
      ['what was asked for before a purge', 'marks.purged > given.asOf || ', '', 'thrown away'],
      [
        'that a newer record stays',
        'if (record?.digest === digest) await remove',
        'if (record) await remove',
        'deletes a record only',
      ],
    ],
  },
  {
    file: 'invalidate.ts',
    test: 'invalidate.test.ts',
    checks: [
      ['a write without an answer', "    await invalidate('everything')\n", ''],
      ['what our own header names', 'if (named !== null) return parseInvalidated(named)', ''],
      ['what Next’s header means', " === STATIC_AND_DYNAMIC ? 'everything' : []", " === '' ? 'everything' : []"],
    ],
  },
  {
    file: 'refresh.ts',
    test: 'refresh.test.ts',
    checks: [
      ['since when a record is new', 'receivedAt: Date.now(), asOf }', 'receivedAt: Date.now(), asOf: Infinity }'],
      ['that one question is under way', 'if (running) return running', ''],
      ['whose record a refusal deletes', 'stored?.key === keys[0] && ', ''],
      ['which refusals delete a record', "return reason === 'route' || reason === 'absent'", 'return true'],
      ['the key of what a rewrite leads to', 'keys.includes(record.key) ? record.key : keys[0]', 'record.key'],
    ],
  },
]

/** @type {readonly Mutants[]} */
const EARLY_START = [
  {
    file: 'early-start/learn-stage.ts',
    test: 'early-start/learn-stage.test.ts',
    checks: [
      ['what starts the page', '!pieces?.before.endsWith(bootstrapScript(bootstrap))', '!pieces'],
      ['that there is one root', 'roots.length === 1 ? ', 'roots.length > 0 ? '],
      ['that a stage ends with a row', 'at === length && hasRoot', 'hasRoot'],
      ['that a stage has the root', 'at === length && hasRoot', 'at === length'],
    ],
  },
  {
    file: 'early-start/cut-stage.ts',
    test: 'early-start/cut-stage.test.ts',
    checks: [
      ['what begins a rest', '!(await held.skip(sought))', '(await held.skip(sought)) && false'],
      [
        'what differs in a stage',
        'found < stage.length && !(await held.skip(END))',
        '!(await held.skip(END)) && false',
      ],
    ],
  },
  {
    file: 'early-start/early-start.ts',
    test: 'early-start/early-start.test.ts',
    checks: [
      ['the URL of a stage', 'url: withoutFragment(url)', "url: ''"],
      ['a stage that did not fit', " || stage === 'unfit'", ''],
      ['that a stage was found again', 'return fits || isUnknown ?', 'return true ?'],
      ['that a rest was complete', "ending !== 'complete' || ", ''],
    ],
  },
  {
    file: 'early-start/stage-lock.ts',
    test: 'early-start/stage-lock.test.ts',
    checks: [
      ['the record that a stage is of', '`${digest} ${url}`', '`${url}`'],
      ['the URL that a stage is of', '`${digest} ${url}`', '`${digest}`'],
      ['that two locks differ', 'crypto.getRandomValues(new Uint8Array(IV_BYTES))', 'new Uint8Array(IV_BYTES)'],
    ],
  },
]

/** @type {readonly Mutants[]} */
export const WORKER = [...ELIGIBILITY, ...LADDER, ...EARLY_START, ...FRESHNESS]
