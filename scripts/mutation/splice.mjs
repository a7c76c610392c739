// Mutants (scripts/mutate.mjs): each removes one check of joining shell and rest, or of the reload of a page whose shell does not fit.

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
    test: 'held-shell.test.ts',
    checks: [
      ['that a shell is held for what learns', '(hold ?? holdBack)', 'holdBack'],
      ['that a page which has changed is not a broken one', "hold && ending === 'outdated' ? undefined : ", ''],
      ['that no one is asked if shells are learned', "ending === 'outdated' && !hold &&", "ending === 'outdated' &&"],
    ],
  },
  {
    file: 'learn-shell.ts',
    test: 'learn-shell.test.ts',
    checks: [
      ['a stranger’s cookies', "credentials: 'omit'", "credentials: 'same-origin'"],
      ['the redirect of a stranger', "redirect: 'manual'", "redirect: 'follow'"],
      ['the browser’s own cache', "cache: 'no-store'", "cache: 'default'"],
      ['the query', 'url.origin + url.pathname', 'url.href'],
      ['the stranger’s page', '(await hashOf(shell)) !== sentHash', 'false'],
      ['what Next says of the page', 'ok && isHtml(page) && isOfKind && ', ''],
      ['what a page varies by', " && !/\\*|\\b(?:cookie|authorization)\\b/i.test(headers.get('vary') ?? '')", ''],
      ['a page that is stored as it came', 'isKnown || (await hashOf(whole)) === shellHash', 'isKnown'],
      [
        'that a page was looked at a moment ago',
        'asOf > known.asOf || Math.abs(Date.now() - known.receivedAt) > USE_MS',
        'true',
      ],
      ['where the rest begins', 'slice(0, from + end)', 'slice(0)'],
      ['an end that two pieces share', 'Math.max(0, text.length - REST_LENGTH)', 'text.length'],
      ['the guard', "place.mode !== 'instant' || ", ''],
      ['that a path is given up', 'isNotedUnfit(path, known) || ', ''],
      ['the second difference', 'isNotedUnfit(again(path), known) ? giveUp(known, path) : ', ''],
      ['that it began with its shell again', 'await noteUnfit(known, again(path), false)', ''],
      ['Save-Data', 'if (isSaving()) return giveUp(known, path)', ''],
      ['a server in trouble', 'if (isForNow(answer))', 'if (false)'],
      ['that one is learning', ' || underWay.has(path)', ''],
      ['the state of another shell', 'state: new Uint8Array(0), ', ''],
      ['what starts another shell', ', bootScript: undefined', ''],
      ['whose shell is held', 'if (record.key === path) await', 'await'],
      ['a page that is gone', 'if (!page.ok) return forget(page, known)', ''],
      ['that a host which breaks pages is counted', "  await noteEnding('outdated')\n", ''],
    ],
  },
  {
    file: 'navigate.ts',
    test: 'learning.test.ts',
    checks: [
      ['a page that its visitor reads', 'learn(response.clone())', 'learn(response)'],
      ['an editor', 'update: keepAsIs, learning: undefined', 'update: keepAsIs'],
      ['a whole document', 'if (learn) return learn(', 'if (false) return learn?.('],
    ],
  },
  {
    file: 'response/body.ts',
    test: 'response/body.test.ts',
    checks: [
      ['that a tab has gone', '!abort.signal.aborted && ', ''],
      [
        'that an outdated shell is forgotten',
        "ending === 'outdated' && withDeadline((hold ?? holdBack)(record, path), timeouts.store).catch(() => {}),",
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
