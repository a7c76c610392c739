// Server actions from a page that was shown from a shell: with the option `actions` they carry the shell's state, once. If the origin
// refuses one, the plain action is sent. Without the option Next handles them as usual (holes.spec.ts).

import { expect, expectHydrated, install, test, visit } from '../../harness/fixtures.ts'
import { originFiles } from '../../harness/origin-files.ts'
import { ask, verdictOf } from '../../harness/raw.ts'
import type { Exchange } from '../../harness/servers/relay.ts'

test.use({ appName: 'acting', isVisitorKept: true })

const actionsOf = (exchanges: readonly Exchange[]): readonly Exchange[] =>
  exchanges.filter(({ headers }) => headers['next-action'] !== undefined)

for (const path of ['/stamp/known', '/stamp/other']) {
  test(`renders the answer to an action of ${path} from the shell’s own state`, async ({ page, relay, server }) => {
    await install(page, relay)
    expect((await visit(page, relay, path)).outcome).toBe('instant')
    const stamp = await page.locator('[data-stamp]').textContent()
    await page.getByTestId('act').click()
    await expect(page.getByTestId('act')).toHaveText('act with 3000')
    await expect(page.locator('[data-hole=times]')).toHaveText('1')
    expect(await page.locator('[data-stamp]').textContent()).toBe(stamp)
    const sent = actionsOf(relay.exchanges)
    expect(sent).toHaveLength(1)
    expect(Number(sent[0]?.headers['x-next-resume-state-length'])).toBeGreaterThan(100)
    expect(sent[0]?.answer['shell-cache-verdict']).toMatch(/^resumed/)
    expect(server.output().match(/acted/g)).toHaveLength(1)
    await expectHydrated(page)
  })
}

test('sends a refused action again as itself, and runs it once', async ({ page, relay, server }) => {
  await install(page, relay)
  await visit(page, relay, '/stamp/known')
  const refusal = { status: 409, headers: { 'shell-cache-verdict': 'refused; reason=build' } }
  relay.fault = ({ headers }) => (headers['shell-cache-resume'] === undefined ? undefined : refusal)
  await page.getByTestId('act').click()
  await expect(page.getByTestId('act')).toHaveText('act with 3000')
  expect(actionsOf(relay.exchanges).map(({ status }) => status)).toEqual([409, 200])
  expect(server.output().match(/acted/g)).toHaveLength(1)
})

test('sends nothing again when an answer is lost', async ({ page, relay, server, expected }) => {
  // React reports that the connection of the response closed.
  expected.push(/ERR_|Failed to fetch|network|#412/i)
  await install(page, relay)
  await visit(page, relay, '/stamp/known')
  relay.cut = ({ headers }) => (headers['next-action'] === undefined ? undefined : { after: 0, by: 'reset' })
  await page.getByTestId('act').click()
  await expect.poll(() => server.output()).toContain('acted')
  await relay.down()
  await relay.up()
  expect(actionsOf(relay.exchanges)).toHaveLength(1)
  expect(server.output().match(/acted/g)).toHaveLength(1)
})

test('refuses, before anything runs, what is no action behind a state', async ({ server }) => {
  const { reference, sealedState, manifest } = await originFiles('acting')
  const state = await sealedState('/stamp/known')
  const known = reference('/stamp/known')
  const unknown = { 'shell-cache-resume': `${manifest.buildId}; shell=${'A'.repeat(43)}` }
  const action = { 'next-action': '0'.repeat(42), 'content-type': 'text/plain;charset=UTF-8' }
  const length = (bytes: number | string): object => ({ 'x-next-resume-state-length': String(bytes) })
  for (const [name, headers, body, reason] of [
    ['no length', known, '[]', 'malformed'],
    ['a length that is none', { ...known, ...length('1e3') }, '[]', 'malformed'],
    ['a length past the body', { ...known, ...length(100) }, '[]', 'malformed'],
    ['a state that does not open', { ...unknown, ...length(10) }, 'x'.repeat(20), 'seal'],
    [
      'a state under another digest',
      { ...unknown, ...length(state.length) },
      Buffer.concat([state, Buffer.from('[]')]),
      'seal',
    ],
    ['another page’s state', { ...reference('/'), ...length(0) }, '[]', 'route'],
    ['an unknown digest', { ...unknown, ...length(0) }, '[]', 'seal'],
    ['more than an action may have', { ...known, ...length(0) }, Buffer.alloc(2 * 1024 * 1024 + 1), 'size'],
  ] as const) {
    const answer = await ask(server.port, { path: '/stamp/known', headers: { ...action, ...headers }, body })
    expect(verdictOf(answer), name).toBe(`refused; reason=${reason}`)
    expect(answer.text, name).toBe('')
  }
  expect(server.output()).not.toContain('acted')
})
