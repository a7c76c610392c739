// Proves what each check says about what a host may have done. e2e proves it with real hosts (doctor.spec.ts).

import { expect, it } from 'vitest'

import type { ResumingRecord } from '../../protocol/record/record.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import type { Answer } from './ask.ts'
import { checkCompression, checkStreaming } from './check-stream.ts'
import { checkScripts } from './check-scripts.ts'
import {
  checkPolicy,
  checkPreload,
  checkResume,
  checkShell,
  checkStorage,
  checkWorker,
  type Finding,
} from './checks.ts'

const DIGEST = 'A'.repeat(43)
const record = { key: '/', digest: DIGEST, shell: toUtf8('<html>') } as ResumingRecord
const answer = (headers: Answer['headers'], text = '', more: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers,
  body: toUtf8(text),
  headAfter: 100,
  firstAfter: 110,
  endAfter: 1000,
  ...more,
})
const worker = (headers: Answer['headers'], basePath = '') => ({
  url: new URL(`https://shop.test${basePath}/sw.js`),
  answer: answer(headers),
  buildId: 'build',
  basePath,
  manifestUrl: '/m.json',
  routes: [],
})
const gzip = { 'content-encoding': 'gzip' }
const long = 'x'.repeat(2000)
const APP = 'https://shop.test'
const CDN = 'https://cdn.test'
const script = (url: string, headers: Answer['headers'] = {}, status = 200) => ({
  url: new URL(url, APP),
  answer: answer(headers, '', { status }),
})
const resumed = { 'shell-cache-verdict': `resumed; shell=${DIGEST}; current=${DIGEST}` }
const javascript = { 'content-type': 'text/javascript', 'cache-control': 'no-cache' }

it.each<[string, Finding, Finding['status'], RegExp]>([
  ['a worker as it should be', checkWorker(worker(javascript)), 'pass', /fetched again each time/],
  [
    'a worker over plain HTTP',
    checkWorker({ ...worker(javascript), url: new URL('http://192.0.2.2:3000/sw.js') }),
    'fail',
    /plain HTTP/,
  ],
  ...['localhost', 'shop.localhost', '127.0.0.1', '[::1]'].map((host): [string, Finding, 'pass', RegExp] => [
    `a worker on ${host}`,
    checkWorker({ ...worker(javascript), url: new URL(`http://${host}:3000/sw.js`) }),
    'pass',
    /fetched again each time/,
  ]),
  ['a worker of another type', checkWorker(worker({ 'content-type': 'text/html' })), 'fail', /served as text\/html/],
  ['a worker below a path', checkWorker(worker(javascript, '/docs')), 'warn', /Service-Worker-Allowed` is missing/],
  [
    'one with its scope',
    checkWorker(worker({ ...javascript, 'service-worker-allowed': '/docs' }, '/docs')),
    'pass',
    /docs/,
  ],
  ['a cached worker', checkWorker(worker({ ...javascript, 'cache-control': 'max-age=60' })), 'warn', /60 s/],
  ['no policy', checkPolicy(answer({})), 'pass', /None/],
  [
    'a policy for itself',
    checkPolicy(answer({ 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'" })),
    'pass',
    /run/,
  ],
  [
    'a policy that allows nothing',
    checkPolicy(answer({ 'content-security-policy': "default-src 'none'; script-src 'nonce-1'" })),
    'fail',
    /^script-src, default-src does not allow/,
  ],
  ['a page of its record', checkShell(answer({}, '<html>and more'), record), 'pass', /begins with the bytes/],
  ['a rewritten page', checkShell(answer({}, '<HTML>'), record), 'warn', /does not begin/],
  ['a resume', checkResume(answer(resumed, 'rest</body></html>'), record), 'pass', /only the holes/],
  ['a cut resume', checkResume(answer(resumed, 'rest'), record), 'fail', /ends early/],
  [
    'another build',
    checkResume(answer({ 'shell-cache-verdict': 'refused; reason=build' }), record),
    'fail',
    /several builds|refuses: build/,
  ],
  [
    'a refusal',
    checkResume(answer({ 'shell-cache-verdict': 'refused; reason=busy' }), record),
    'warn',
    /refuses: busy/,
  ],
  ['no word of ours', checkResume(answer({}, '', { status: 405 }), record), 'fail', /status 405 and no verdict/],
  ['a stream', checkStreaming(answer({}), answer({})), 'pass', /after 110 of 1000 ms/],
  ['an answer in one piece', checkStreaming(answer({ 'content-length': '9' }), answer({})), 'fail', /buffers it/],
  [
    'a late head',
    checkStreaming(answer({}, '', { headAfter: 990 }), answer({})),
    'warn',
    /holes came after 990 of 1000/,
  ],
  [
    'a late shell',
    checkStreaming(answer({}), answer({}, '', { firstAfter: 990 })),
    'warn',
    /shell came after 990 of 1000/,
  ],
  ['a fast answer', checkStreaming(answer({}), answer({}, '', { firstAfter: 9, endAfter: 10 })), 'warn', /too fast/],
  [
    'holes that are there at once',
    checkStreaming(answer({}, '', { headAfter: 9, endAfter: 10 }), answer({})),
    'pass',
    /after 110 of 1000 ms/,
  ],
  [
    'flushed pages',
    checkCompression(answer(gzip), answer({}), answer(gzip), record),
    'pass',
    /as gzip, without a delay/,
  ],
  [
    'pages that are not flushed',
    checkCompression(answer(gzip, '', { firstAfter: 990 }), answer({}), answer(gzip), record),
    'fail',
    /As gzip the shell comes after 990 of 1000 ms, uncompressed after 110/,
  ],
  [
    'pages that are held back by another',
    checkCompression(answer(gzip, '', { firstAfter: 990 }), answer({}, '', { firstAfter: 990 }), answer(gzip), record),
    'pass',
    /as gzip/,
  ],
  [
    'fast pages',
    checkCompression(answer(gzip, '', { firstAfter: 9, endAfter: 10 }), answer({}), answer(gzip), record),
    'pass',
    /as gzip/,
  ],
  [
    'nothing compressed',
    checkCompression(answer({}), answer({}), answer({}, long), { ...record, shell: toUtf8(long) }),
    'warn',
    /pages and records/,
  ],
  ['small pages', checkCompression(answer({}), answer({}), answer({}), record), 'pass', /Too little/],
  [
    'a script that is gone and may not be read',
    checkScripts([script(`${CDN}/a.js`, {}, 404)], APP),
    'fail',
    /does not let/,
  ],
  ['scripts', checkScripts([script('/a.js')], APP), 'pass', /All 1 of/],
  ['a script that is gone', checkScripts([script('/a.js'), script('/b.js', {}, 404)], APP), 'fail', /b\.js .* 404/],
  [
    'a CDN that is not there',
    checkScripts([{ url: new URL(`${CDN}/a.js`), answer: undefined }], APP),
    'fail',
    /a\.js does not answer/,
  ],
  [
    'scripts of a CDN',
    checkScripts([script(`${CDN}/a.js`, { 'access-control-allow-origin': '*' })], APP),
    'pass',
    /All 1/,
  ],
  [
    'scripts for us',
    checkScripts([script(`${CDN}/a.js`, { 'access-control-allow-origin': APP })], APP),
    'pass',
    /All 1/,
  ],
  ['scripts that may not be read', checkScripts([script(`${CDN}/a.js`)], APP), 'fail', /cdn\.test does not let/],
  ['a kept answer', checkStorage(answer({ 'cache-control': 'public, max-age=60' })), 'fail', /max-age=60/],
  ['one that is not kept', checkStorage(answer({ 'cache-control': 'private, no-store' })), 'pass', /no-store/],
  ['a preload', checkPreload(answer(resumed), answer({}, '<!DOCTYPE html>')), 'pass', /only the rest of the page/],
  ['a stripped preload', checkPreload(answer({}), answer({}, '<!DOCTYPE html>')), 'warn', /costs more bytes/],
  ['a poisoned cache', checkPreload(answer(resumed), answer({}, 'rest')), 'fail', /half a page/],
])('says what happened and what to do about %s', (_name, { status, message, fix }, expected, words) => {
  expect(status).toBe(expected)
  expect(message).toMatch(words)
  if (expected === 'fail') expect(fix).toMatch(/\.$/)
})
