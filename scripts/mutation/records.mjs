// Mutants (scripts/mutate.mjs): each removes one check of a record's content, of who is asked for it, or of what a stored shell must be.

/** @type {readonly import('./mutants.d.ts').Mutants[]} */
export const RECORDS = [
  {
    file: 'packed-segments.ts',
    test: 'record-codec.test.ts',
    checks: [
      ['that a segment repeats what is ahead of it', 'from + again > at + literal', 'false', 'comes after it'],
      ['the bytes of what was packed', 'read !== bytes.length || ', '', 'not there'],
      [
        'the lengths of segments',
        ' || at !== lengths.reduce((sum, [, length]) => sum + length, shell.length)',
        '',
        'of the shell than',
      ],
    ],
  },
  {
    file: 'packed-segments.ts',
    test: 'pack-segments.test.ts',
    checks: [
      ['how much a record may unpack to', '  if (at > MOST_BYTES) return undefined\n', '', 'ask for all memory'],
    ],
  },
  {
    file: 'confirm.ts',
    test: 'handle.test.ts',
    checks: [
      [
        'a digest that pages share',
        '!isOwn && !vault.known.isOf(digest, keys, page.route)',
        '!isOwn',
        'pages that share it',
      ],
    ],
  },
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
    test: 'answer/host-headers.test.ts',
    checks: [
      ['what a record keeps of one answer', 'ruled.has(name) || isOfThePage(name)', 'true', 'what a host adds'],
      ['what a host adds to a page', ' || isOfThePage(name)', '', 'what a host adds'],
    ],
  },
  {
    file: 'respond.ts',
    test: 'answer/host-headers.test.ts',
    checks: [
      ['which headers are said with a record', 'isSecurityHeader(name)', 'true', 'which security headers'],
      ['that they are said', 'isForAll ?', 'false ?', 'which security headers'],
    ],
  },
  {
    file: 'host-head.ts',
    test: 'host-head.test.ts',
    checks: [
      ['that an answer is the page', 'answered && ok &&', 'answered &&'],
      ['that a nonce is of one answer', '!seen.some(hasNonce)', 'true'],
      ['that the answer is what the record has', '!isChanged && isSeen', 'isSeen'],
      ['that a page as the build has it is noted once', '!isChanged && isSeen === !isUnseen(', 'false && !isUnseen('],
      ['that other pages wait', 'if (isChanged) await', 'if (false) await'],
      ['what next.config gives the script', '!own.includes(String(header))', 'true'],
      ['that the script has what a host adds', 'isStrict(header) && !own', '!own'],
      ['that the script was to be had', 'script?.ok ?', 'script ?'],
      ['what is known without the script', '?? marks.hostAdds ?? true', '?? true'],
      ['the safe side', '?? marks.hostAdds ?? true', '?? marks.hostAdds'],
      ['what the host adds', 'textOf(seen) !== textOf(known.headers)', 'false'],
      ['that the record is the one that was shown', 'record?.digest !== known.digest || ', '!record || '],
      ['that the host’s header takes the place of the build’s', '.filter((header) => !isStrict(header))', ''],
    ],
  },
  {
    file: 'records.ts',
    test: 'host-head.test.ts',
    checks: [
      [
        'what was learned of a record that is renewed',
        '...record, unfitFor, headers, isSeen }',
        '...record, unfitFor }',
      ],
    ],
  },
  {
    file: 'navigate.ts',
    test: 'unseen.test.ts',
    checks: [
      ['that a page that was not seen yet is no older for it', " || found.kind === 'unseen'", ''],
      ['that a guarded page has a visitor’s headers', "found.record && navigation.mode === 'instant'", 'found.record'],
    ],
  },
  {
    file: 'refresh.ts',
    test: 'unseen.test.ts',
    checks: [
      ['that a guarded page needs not be seen', "mode === 'gated' ? true : undefined", 'undefined'],
      ['what came beside a record', 'if (stored && !isSeen) await', 'if (false) await'],
    ],
  },
  {
    file: 'serve-record.ts',
    test: 'current.test.ts',
    checks: [
      ['that a record of a guarded page has no visitor’s headers', "mode === 'instant' ?", 'true ?'],
      ['the size of a state that has grown', 'record.state.length > MOST_SEALED_BYTES', 'false'],
    ],
  },
  {
    file: 'install/assets.ts',
    test: 'install/install.test.ts',
    checks: [
      ['what an altered file is', '!(await isFile(found, hash))', 'false'],
      ['caches of other names', 'of await caches.keys()) {', 'of [assetCacheName(buildId)]) {'],
      ['what other builds have of their own', 'hash === undefined && name !== assetCacheName(buildId)', 'false'],
      ['the hash of a file that is taken over', '(await isFile(held, hashes[url]))', 'true'],
    ],
  },
  {
    file: 'serve-record.ts',
    test: 'answer/host-headers.test.ts',
    checks: [
      ['that no nonce is kept', 'sent?.some(hasNonce)', 'false', 'holds a nonce'],
      ['what a page behind a guard has', "entry.mode === 'instant')", 'true)', 'which security headers'],
    ],
  },
  {
    file: 'plain-get.ts',
    test: 'answer/handle.test.ts',
    checks: [
      [
        'where a navigation without a referrer is from',
        'headers.referer === undefined ? ',
        'false ? ',
        'another site’s',
      ],
    ],
  },
  {
    file: 'strip.ts',
    test: 'strip.test.ts',
    checks: [['our own question for a record', '  RECORD_HEADER,\n', '']],
  },
  {
    file: 'transport/record.ts',
    test: 'refresh.test.ts',
    checks: [['what the shell of a record is', 'digest === have && shellHash && ', 'false && ']],
  },
  {
    file: 'refresh/pause.ts',
    test: 'refresh.test.ts',
    checks: [
      ['that a pause ends', 'performance.now() < endsAt', 'endsAt > 0'],
      ['that a pause doubles', 'pause * 2 || ', ''],
    ],
  },
]
