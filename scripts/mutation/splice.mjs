// What the joint of shell and rest rests on, each of which is taken away once (scripts/mutate.mjs); and the reload of a page whose shell does not
// fit.

/** @typedef {import('./mutants.d.ts').Mutants} Mutants */

/** @type {readonly Mutants[]} */
export const SPLICE = [
  {
    file: 'splice.ts',
    test: 'splice.test.ts',
    checks: [
      ['a byte of the shell in a document', 'byte === prefix[at + index]', 'true'],
      ['how a document ends', 'if (!tail.equals(DOCUMENT_END)) return yield* recoverOrStay(reload, steps)', ''],
      ['that a reload would find a page', 'if (await steps.canReload()) return', 'if (true) return'],
      [
        'that a source of no use is cancelled',
        'if (!isKept) void source.body.cancel().catch(() => {})',
        '',
        'of no use',
      ],
      ['that what is longer than the shell follows it', 'next.value.subarray(length)', 'new Uint8Array(0)'],
    ],
  },
  {
    file: 'splice.ts',
    test: 'response/body.test.ts',
    checks: [['that a reload is expected', '  await beforeReload(ending, page)\n', '']],
  },
  {
    file: 'splice.ts',
    test: 'reloads.test.ts',
    checks: [
      ['what was read of a page that is kept', 'other: [prefix.subarray(0, at), next.value]', 'other: [next.value]'],
      ['that a page that is kept is not cancelled', 'if (!isKept) void', 'void'],
    ],
  },
  {
    file: 'routing/routes.ts',
    test: 'routing/routes.test.ts',
    checks: [['that a logout ends what is kept', 'if (ENDS_SESSION.test(request.url)) dropPages()', '']],
  },
  {
    file: 'reloads.ts',
    test: 'reloads.test.ts',
    checks: [
      ['that only a reload gets what is kept', 'if (isRepeat) return page', 'return page'],
      ['that a page is kept for one reload', '  kept.delete(url)\n', ''],
      ['that a page is not kept for ever', 'kept.get(url) === page && dropBody(takePage(url)?.page)', 'undefined'],
    ],
  },
  {
    file: 'response/body.ts',
    test: 'response/body.test.ts',
    checks: [
      ['that a tab has gone', '!abort.signal.aborted && ', ''],
      [
        'that an outdated shell is forgotten',
        "ending === 'outdated' && withDeadline(holdBack(record, path), timeouts.store).catch(() => {}),",
        '',
      ],
      [
        'that a path did not fit',
        "if (ending === 'recovery' && answer.kind === 'other' && !answer.isForNow) await noteMisfit(path, record)",
        '',
      ],
      ['the shell of the other paths', ' && !(await update())', ''],
      ['that a newer shell is asked for', '? answer.hasNewer :', '? false :'],
      ['that a page which stopped itself is asked for', ": ending === 'abandoned') ?", ': false) ?'],
      ['what starts a shell', 'offlineTail: offlineTail(record, start?.early !== undefined)', 'offlineTail: undefined'],
      ['that a page is told of its stream', 'rememberStream(event.resultingClientId, ended)', ''],
    ],
  },
]
