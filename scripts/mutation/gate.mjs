// Mutants (scripts/mutate.mjs): each removes one check of the gate.

/** @type {readonly import('./mutants.d.ts').Mutants[]} */
export const GATE = [
  {
    file: 'gate/request.ts',
    test: 'answer/handle.test.ts',
    checks: [['the method', "method === 'POST' && (", '(', 'B24']],
  },
  {
    file: 'admit.ts',
    test: 'refusals.test.ts',
    checks: [
      ['where a request comes from', 'isForeign(request.headers)', 'false', 'B25 another site'],
      ['compressed bodies', "request.headers['content-encoding'] !== undefined", 'false', 'B15 '],
      ['server actions where the app wants none', 'actionBytes !== undefined && ', '', 'B23 '],
      ['server actions', 'return isAction || ', 'return ', 'B23 '],
      ['draft mode and bots', ' || bypasses(headers)', '', 'B28 '],
      ['the form of the target', '!asked || !isPageTarget(request.target)', '!asked', 'B18 a broken escape'],
      ['placeholders as paths', 'isPlaceholder(request.target)', 'false', 'B17 a placeholder'],
      ['that the build is equal', 'asked.buildId !== gate.buildId', 'false', 'B5 '],
    ],
  },
  {
    file: 'admit.ts',
    test: 'handle.test.ts',
    checks: [
      ['that a navigation is no resume', "(mode !== undefined && mode !== 'cors' && mode !== 'same-origin')", 'false'],
      ['internal headers', 'stripHeaders(request.headers)', 'request.headers'],
      ['internal parameters', 'stripQuery(request.target)', 'request.target'],
    ],
  },
  {
    file: 'handle.ts',
    test: 'actions.test.ts',
    checks: [['that an action has the page’s own record', 'opened.isOfTarget(vault) ?', 'true ?']],
  },
  {
    file: 'unseal.ts',
    test: 'actions.test.ts',
    checks: [['that an action’s page can be no other', "match.mode === 'instant' && ", '']],
  },
  {
    file: 'resume-intent.ts',
    test: 'actions.test.ts',
    checks: [['the length of an action’s state', 'if (stateBytes > body.length) return undefined', '']],
  },
  {
    file: 'bypass.ts',
    test: 'refusals.test.ts',
    checks: [['the cookie of draft mode', 'isDraft(headers.cookie, token) ||', '', 'B28 ']],
  },
  {
    file: 'read-body.ts',
    test: 'read-body.test.ts',
    checks: [
      ['the size of a body', 'body.size > bodyBytes', 'false'],
      ['the size of all bodies', 'body.load.bytes > allBodiesBytes', 'false'],
      ['that a body counts no longer than it is read', '    body.forget()\n', ''],
      ['the declared size of a body', '!(Number(declared) <= limits.bodyBytes)', 'false'],
    ],
  },
  {
    file: 'handle.ts',
    test: 'limits.test.ts',
    checks: [['the number of renders', 'load.renders >= app.limits.renders', 'false']],
  },
  {
    file: 'respond.ts',
    test: 'refusals.test.ts',
    checks: [
      [
        'that the proxy and the router lead to the page',
        'if (announced && status === 200 && isHtml(response)) {\n    commit(response, announced)\n',
        'if (status === 200 && isHtml(response)) {\n    if (announced) commit(response, announced)\n',
        'B27',
      ],
    ],
  },
  {
    file: 'respond.ts',
    test: 'respond.test.ts',
    checks: [
      ['that nothing else of Next gets out', 'passes(status) ?', 'true ?'],
      ['the type of a render', ' && isHtml(response)) {', ') {'],
      [
        'headers for caches on half a page',
        '  for (const name of removed) response.removeHeader(name)\n',
        '',
        'half a page',
      ],
      ['cookies of the proxy on what is not the page', "name !== 'set-cookie' && ", '', 'sets as cookies'],
    ],
  },
  {
    file: 'route.ts',
    test: 'refusals.test.ts',
    checks: [
      ['that the page is there', "if (page.status === 404) return new Refused('absent')", '', 'answer with 404'],
      [
        'that an error says nothing of the page',
        "if (page.status >= 500) return new Refused('failed')",
        '',
        'answer with 500',
      ],
      ['the status of the page', 'page.status === 200 && ', '', 'answer with 403'],
      ['that the route is served from records', " && match.mode !== 'off'", '', 'a route that is off'],
    ],
  },
  {
    file: 'route.ts',
    test: 'rewritten.test.ts',
    checks: [
      ['that the table names the page itself', ' && match.pattern !== ELSEWHERE', '', 'the table does not name'],
    ],
  },
  {
    file: 'serve-record.ts',
    test: 'rewritten.test.ts',
    checks: [
      [
        'that no guarded page is kept at an address that is vouched for',
        "return skipsGuard ? new Refused('route') : entry",
        'return entry',
        'a guarded page at an address',
      ],
      [
        'that a route’s shell is kept at the addresses of the route alone',
        'if (isRewritten && page.isFallback) return undefined',
        '',
        'made for another address',
      ],
      [
        'the headers of the address',
        ' && !isRewritten) return built.frame',
        ') return built.frame',
        'headers of the address',
      ],
    ],
  },
  {
    file: 'confirm.ts',
    test: 'refusals.test.ts',
    checks: [
      ['that a digest without a state is the page’s own', 'return current === digest\n', 'return true\n', 'B2 '],
      ['that the record is the path’s', ' && keys.includes(key)', '', 'B4 '],
      ['that the route is the record’s', 'route === page.route && ', '', 'another route answers now'],
      [
        'that a whole document is the current one',
        "if (postponedState === undefined || page.postponedState === undefined) return new Refused('expired')",
        'if (postponedState === undefined || page.postponedState === undefined) return { state: undefined }',
        'no longer the one',
      ],
    ],
  },
  {
    file: 'serve-record.ts',
    test: 'refusals.test.ts',
    checks: [
      ['that a record handed out is of the route', 'found?.route === page.route', 'found', 'another route answers now'],
    ],
  },
  {
    file: 'unseal.ts',
    test: 'refusals.test.ts',
    checks: [
      [
        'that the seal opens',
        "  return new Refused('seal')\n}\n",
        "  return { key: path, route, state: '', expiresAt: 0 }\n}\n",
        'B7 ',
      ],
      ['the age of the state', 'return expiresAt !== 0 && now >= expiresAt', 'return false', 'B30 '],
    ],
  },
  {
    file: 'seal.ts',
    test: 'seal.test.ts',
    checks: [
      ['the tag of the seal', ', decipher.final()', '', 'another build'],
      ['the size of an inflated state', '{ maxOutputLength: maxBytes }', '{}', 'beyond the limit'],
      ['the padding of a state', 'cipher.update(padding), ', '', 'whole number of blocks'],
    ],
  },
  {
    file: 'seal-format.ts',
    test: 'refusals.test.ts',
    checks: [['what the seal is bound to', 'expiresAt, basePath, buildId, key, route, digest])', 'expiresAt])', 'B4']],
  },
  {
    file: 'seal-format.ts',
    test: 'seal.test.ts',
    checks: [['which app the seal is for', 'expiresAt, basePath, buildId', 'expiresAt, buildId', 'for another']],
  },
  {
    file: 'answer/preload.ts',
    test: 'answer/preload.test.ts',
    checks: [
      ['that a preload is of this build', 'inventory.buildId !== own', 'false'],
      ['draft mode in a preload', ' || gate.bypasses(incoming.headers)', ''],
      ['that no cache keeps a page which names a build', 'page?.postponedState !== undefined && ', ''],
      ['that a preload is no reload', "headers['cache-control'] === undefined", 'true'],
      ['that a preload is a page’s', "headers['sec-fetch-dest'] === 'document'", 'true'],
    ],
  },
  {
    file: 'held-shell.ts',
    test: 'answer/preload.test.ts',
    checks: [
      ['that the browser has the shell', 'if (shown.start === startOf(current)) return', 'if (true) return'],
      ['that the browser has all of the build', ' || (!shown && !hasAll)', ''],
      ['that a browser shows what it hides', "shown?.kind === 'hidden' || ", ''],
    ],
  },
  {
    file: 'confirm.ts',
    test: 'answer/preload.test.ts',
    checks: [
      [
        'that a whole document is not shortened',
        'isRefused(entry) || page.postponedState === undefined) return',
        'isRefused(entry)) return',
      ],
      ['that a guarded page was given to the browser', "entry.mode === 'instant' ? vault", 'true ? vault'],
    ],
  },
  {
    file: 'respond.ts',
    test: 'limits.test.ts',
    checks: [['the status of a render', 'announced && status === 200', 'announced']],
  },
  {
    file: 'pipe-rest.ts',
    test: 'pipe-rest.test.ts',
    checks: [
      ['that a broken render is cut', 'response.destroy()', '', 'cuts the answer'],
      [
        'that a slow client is waited for',
        ' && !this.#write(bytes)) await',
        ' && this.#write(bytes) === undefined) await',
        'no more than a client takes',
      ],
    ],
  },
]
