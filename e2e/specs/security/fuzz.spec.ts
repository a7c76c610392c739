// Whatever is in a URL, a query, a header or a cookie: page and proxy see the same of a resume as of the plain GET
// (docs/architecture.md, invariant 4), and nothing is rendered for an altered seal.
// The seed is fixed; FUZZ_SEED and FUZZ_RUNS are for longer runs: `FUZZ_RUNS=20000 npm run test:e2e -- fuzz`.

import fc from 'fast-check'

import { asDigest } from '../../../protocol/digest.ts'
import { stripQuery } from '../../../origin/gate/strip.ts'
import { type Echo, echoOf } from './echo.ts'
import { expect, test } from '../../harness/fixtures.ts'
import { originFiles } from '../../harness/origin-files.ts'
import { ask, verdictOf } from '../../harness/raw.ts'
import { scaled, TEST_MS } from '../../harness/timeouts.ts'

test.use({ appName: 'proxied' })

const SETTINGS = {
  seed: Number(process.env['FUZZ_SEED'] ?? 20_261_121),
  numRuns: Number(process.env['FUZZ_RUNS'] ?? 300),
}

const character = fc.oneof(
  fc.constantFrom(
    'a',
    'Z',
    '0',
    '-',
    '_',
    '.',
    '~',
    '!',
    '*',
    "'",
    '(',
    ')',
    ':',
    '@',
    ',',
    ';',
    '=',
    '+',
    '$',
    '&',
    '|',
  ),
  fc.constantFrom(
    '%20',
    '%2F',
    '%2f',
    '%25',
    '%5C',
    '%5B',
    '%5D',
    '%3F',
    '%23',
    '%00',
    '%0A',
    '%E4',
    '%C3%A4',
    '%c3%a4',
    '%F0%9F%8F%A0',
    '%',
    '%zz',
    '%2E',
  ),
)
const text = fc.array(character, { maxLength: 8 }).map((parts) => parts.join(''))
const slug = fc.oneof(
  text,
  fc.constantFrom('known', 'Known', '..', '.', '[slug]', 'a/b', 'a/', '/a', 'index', '_next', 'sw.js'),
)
const name = fc.oneof(
  text.map((part) => part.replaceAll(/[&=]/g, '')),
  fc.constantFrom(
    'slug',
    'nxtPslug',
    'nxtIslug',
    '%6ExtPslug',
    'nxtP',
    '_rsc',
    '__nextppronly',
    '__nextDataReq',
    'a[]',
    'constructor',
    '__proto__',
    'then',
  ),
)
const query = fc
  .array(fc.tuple(name, fc.option(text)), { maxLength: 4 })
  .map((pairs) => pairs.map(([key, value]) => (value === null ? key : `${key}=${value.replaceAll('&', '')}`)).join('&'))
const printable = fc.string({ unit: fc.constantFrom(...Array.from(' abcXYZ019-_.;,/=%"{}[]()<>')), maxLength: 20 })
const headerName = fc.constantFrom(
  'accept',
  'accept-language',
  'authorization',
  'cookie',
  'dnt',
  'forwarded',
  'referer',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'x-request-id',
  'x-custom',
  'purpose',
  'sec-ch-ua',
  'sec-purpose',
  'cache-control',
  'pragma',
  'x-proxy-saw',
)
const headers = fc.dictionary(
  headerName,
  printable.map((value) => value.trim()),
  { maxKeys: 5 },
)

/** Headers that the transport of the single request sets, and not its sender. */
const OF_TRANSPORT = ['connection', 'content-length', 'transfer-encoding']

/** What page and proxy see, without what differs between connections. */
function comparable({ page, proxy }: Echo): object {
  const kept = (all: Record<string, string>): object =>
    Object.fromEntries(Object.entries(all).filter(([header]) => !OF_TRANSPORT.includes(header)))
  return { ...page, headers: kept(page.headers), proxy: { ...proxy, headers: kept(proxy.headers) } }
}

test('shows page and proxy of a resume what the plain GET shows them', async ({ server }) => {
  test.setTimeout(TEST_MS + scaled(SETTINGS.numRuns * 200))
  const files = await originFiles('proxied')
  let resumed = 0
  await fc.assert(
    fc.asyncProperty(slug, query, headers, async (segment, asked, sent) => {
      const path = `/echo/${segment}${asked === '' ? '' : `?${asked}`}`
      const answer = await ask(server.port, { path, headers: { ...sent, ...files.reference('/echo/[slug]') } })
      if (verdictOf(answer).startsWith('refused')) return expect(answer.text).toBe('')
      resumed++
      // Next renames `nxtPslug` to `slug` for the proxy and hides it from the page; of a resume neither sees it (B16).
      const plain = await ask(server.port, { path: stripQuery(path), method: 'GET', headers: sent })
      expect(answer.status).toBe(plain.status)
      expect(comparable(echoOf(answer.text))).toEqual(comparable(echoOf(plain.text)))
      const whole = await ask(server.port, { path, method: 'GET', headers: sent })
      expect(echoOf(answer.text).page).toEqual(echoOf(whole.text).page)
    }),
    SETTINGS,
  )
  console.log(`${resumed} of ${SETTINGS.numRuns} requests were resumed, the others refused`)
  expect(resumed, 'a property over refusals alone would prove nothing').toBeGreaterThan(SETTINGS.numRuns / 4)
})

test('leads a resume through every guard that the plain GET meets', async ({ server }) => {
  test.setTimeout(TEST_MS + scaled(SETTINGS.numRuns * 100))
  const files = await originFiles('proxied')
  const spelled = fc
    .constantFrom('account', 'terms', 'team/a', 'team/x', 'ab', 'sometimes', 'moved', 'rewritten')
    .chain((page) =>
      fc.array(fc.nat({ max: page.length - 1 }), { maxLength: 3 }).map((ats) =>
        Array.from(page)
          .map((char, at) => (ats.includes(at) && char !== '/' ? `%${char.charCodeAt(0).toString(16)}` : char))
          .join(''),
      ),
    )
  const cookie = fc.constantFrom('', 'session=ann', 'session=banned', 'away=1', 'variant=b', 'stay=1', 'Session=ann')
  const keys = files.manifest.records.map(({ key }) => key)
  await fc.assert(
    fc.asyncProperty(spelled, cookie, fc.constantFrom(...keys), async (page, said, key) => {
      const path = `/${page}`
      const answer = await ask(server.port, { path, headers: { cookie: said, ...files.reference(key) } })
      const plain = await ask(server.port, { path, method: 'GET', headers: { cookie: said } })
      if (plain.status !== 200) {
        expect(verdictOf(answer)).toMatch(/^refused/)
        expect(answer.text).toBe('')
      } else if (verdictOf(answer).startsWith('resumed')) {
        expect(answer.headers['x-greeting']).toBe(plain.headers['x-greeting'])
        expect(answer.headers['set-cookie']).toEqual(plain.headers['set-cookie'])
        // A page without holes has no rest: its shell waits only for the verdict.
        expect(answer.text).toMatch(key === '/terms' ? /^$/ : /<\/body><\/html>$/)
      }
    }),
    SETTINGS,
  )
})

test('renders nothing from an altered seal, whatever is altered', async ({ server }) => {
  test.setTimeout(TEST_MS + scaled(SETTINGS.numRuns * 50))
  const { manifest, sealedState } = await originFiles('proxied')
  const state = await sealedState('/echo/known')
  const digest = asDigest('A'.repeat(43))
  const headers = { 'shell-cache-resume': `${manifest.buildId}; shell=${digest}` }
  const altered = fc.oneof(
    fc
      .tuple(fc.nat({ max: state.length - 1 }), fc.integer({ min: 1, max: 255 }))
      .map(([at, change]) => state.map((byte, index) => (index === at ? byte ^ change : byte))),
    fc.nat({ max: state.length - 1 }).map((length) => state.subarray(0, Math.max(1, length))),
    fc.uint8Array({ minLength: 1, maxLength: 400 }),
    fc.constant(state),
  )
  await fc.assert(
    fc.asyncProperty(altered, async (body) => {
      const answer = await ask(server.port, { path: '/echo/known', headers, body })
      expect([answer.status, verdictOf(answer), answer.text]).toEqual([403, 'refused; reason=seal', ''])
    }),
    SETTINGS,
  )
  expect(server.output()).not.toContain('rendered echo')
})
