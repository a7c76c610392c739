// Proves what each check says of what a host may have done. That they say so of real ones is e2e's (doctor.spec.ts).

import { expect, it } from 'vitest'

import type { ResumingRecord } from '../protocol/record.ts'
import { toUtf8 } from '../protocol/utf8.ts'
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

it.each<[string, Finding, Finding['verdict'], RegExp]>([
  ['a worker as it should be', checkWorker(worker(javascript)), 'fine', /asked for anew/],
  [
    'a worker by plain http',
    checkWorker({ ...worker(javascript), url: new URL('http://192.0.2.2:3000/sw.js') }),
    'mend',
    /plain http/,
  ],
  ...['localhost', 'shop.localhost', '127.0.0.1', '[::1]'].map((host): [string, Finding, 'fine', RegExp] => [
    `a worker on ${host}`,
    checkWorker({ ...worker(javascript), url: new URL(`http://${host}:3000/sw.js`) }),
    'fine',
    /asked for anew/,
  ]),
  ['a worker of another type', checkWorker(worker({ 'content-type': 'text/html' })), 'mend', /served as text\/html/],
  ['a worker below a path', checkWorker(worker(javascript, '/docs')), 'mend', /Service-Worker-Allowed` is not there/],
  [
    'one with its scope',
    checkWorker(worker({ ...javascript, 'service-worker-allowed': '/docs' }, '/docs')),
    'fine',
    /docs/,
  ],
  ['a cached worker', checkWorker(worker({ ...javascript, 'cache-control': 'max-age=60' })), 'unclear', /60 s/],
  ['no policy', checkPolicy(answer({})), 'fine', /None/],
  [
    'a policy for itself',
    checkPolicy(answer({ 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'" })),
    'fine',
    /run/,
  ],
  [
    'a policy for nobody',
    checkPolicy(answer({ 'content-security-policy': "default-src 'none'; script-src 'nonce-1'" })),
    'mend',
    /^script-src, default-src allows/,
  ],
  ['a page of its record', checkShell(answer({}, '<html>and more'), record), 'fine', /begins with the bytes/],
  ['a rewritten page', checkShell(answer({}, '<HTML>'), record), 'unclear', /other bytes/],
  ['a resume', checkResume(answer(resumed, 'rest</body></html>'), record), 'fine', /holes alone/],
  ['a cut resume', checkResume(answer(resumed, 'rest'), record), 'mend', /ends early/],
  [
    'another build',
    checkResume(answer({ 'shell-cache-verdict': 'refused; reason=build' }), record),
    'mend',
    /several builds|refuses: build/,
  ],
  [
    'a refusal',
    checkResume(answer({ 'shell-cache-verdict': 'refused; reason=busy' }), record),
    'unclear',
    /refuses: busy/,
  ],
  ['no word of ours', checkResume(answer({}, '', { status: 405 }), record), 'mend', /status 405 and no verdict/],
  ['a stream', checkStreaming(answer({}), answer({})), 'fine', /after 110 of 1000 ms/],
  ['an answer in one piece', checkStreaming(answer({ 'content-length': '9' }), answer({})), 'mend', /collects it/],
  [
    'a late head',
    checkStreaming(answer({}, '', { headAfter: 990 }), answer({})),
    'unclear',
    /holes came after 990 of 1000/,
  ],
  [
    'a late shell',
    checkStreaming(answer({}), answer({}, '', { firstAfter: 990 })),
    'unclear',
    /shell came after 990 of 1000/,
  ],
  ['a fast answer', checkStreaming(answer({}), answer({}, '', { firstAfter: 9, endAfter: 10 })), 'unclear', /too fast/],
  [
    'holes that are there at once',
    checkStreaming(answer({}, '', { headAfter: 9, endAfter: 10 }), answer({})),
    'fine',
    /after 110 of 1000 ms/,
  ],
  ['flushed pages', checkCompression(answer(gzip), answer({}), answer(gzip), record), 'fine', /as gzip, no later/],
  [
    'pages that are not flushed',
    checkCompression(answer(gzip, '', { firstAfter: 990 }), answer({}), answer(gzip), record),
    'mend',
    /As gzip the shell comes after 990 of 1000 ms, uncompressed after 110/,
  ],
  [
    'pages that are held back by another',
    checkCompression(answer(gzip, '', { firstAfter: 990 }), answer({}, '', { firstAfter: 990 }), answer(gzip), record),
    'fine',
    /as gzip/,
  ],
  [
    'fast pages',
    checkCompression(answer(gzip, '', { firstAfter: 9, endAfter: 10 }), answer({}), answer(gzip), record),
    'fine',
    /as gzip/,
  ],
  [
    'nothing compressed',
    checkCompression(answer({}), answer({}), answer({}, long), { ...record, shell: toUtf8(long) }),
    'unclear',
    /pages and records/,
  ],
  ['small pages', checkCompression(answer({}), answer({}), answer({}), record), 'fine', /Too little/],
  [
    'a script that is gone where nobody may read',
    checkScripts([script(`${CDN}/a.js`, {}, 404)], APP),
    'mend',
    /does not let/,
  ],
  ['scripts', checkScripts([script('/a.js')], APP), 'fine', /All 1 of/],
  ['a script that is gone', checkScripts([script('/a.js'), script('/b.js', {}, 404)], APP), 'mend', /b\.js .* 404/],
  [
    'a CDN that is not there',
    checkScripts([{ url: new URL(`${CDN}/a.js`), answer: undefined }], APP),
    'mend',
    /a\.js does not answer/,
  ],
  [
    'scripts of a CDN',
    checkScripts([script(`${CDN}/a.js`, { 'access-control-allow-origin': '*' })], APP),
    'fine',
    /All 1/,
  ],
  [
    'scripts for us',
    checkScripts([script(`${CDN}/a.js`, { 'access-control-allow-origin': APP })], APP),
    'fine',
    /All 1/,
  ],
  ['scripts that nobody may read', checkScripts([script(`${CDN}/a.js`)], APP), 'mend', /cdn\.test does not let/],
  ['a kept answer', checkStorage(answer({ 'cache-control': 'public, max-age=60' })), 'mend', /max-age=60/],
  ['one that is not kept', checkStorage(answer({ 'cache-control': 'private, no-store' })), 'fine', /no-store/],
  ['a preload', checkPreload(answer(resumed), answer({}, '<!DOCTYPE html>')), 'fine', /rest of the page alone/],
  ['a stripped preload', checkPreload(answer({}), answer({}, '<!DOCTYPE html>')), 'unclear', /costs more bytes/],
  ['a poisoned cache', checkPreload(answer(resumed), answer({}, 'rest')), 'mend', /half a page/],
])('says of %s what is to be said', (_name, { verdict, found, todo }, expected, words) => {
  expect(verdict).toBe(expected)
  expect(found).toMatch(words)
  if (expected === 'mend') expect(todo).toMatch(/\.$/)
})
