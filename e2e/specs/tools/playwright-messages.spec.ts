// The messages that a user sees when a test fails: a real run of a suite in which every test fails (suites/failing.ts).
// playwright-fixture.spec.ts and the unit tests prove the message for each fact.

import { join } from 'node:path'

import { expect, test } from '../../harness/fixtures.ts'

import { appFolder, ROOT } from '../../harness/paths.ts'
import { runSuite } from './run-suite.ts'
import { startServer } from '../../harness/servers/server.ts'

const MESSAGES: Readonly<Record<string, RegExp>> = {
  'a shell that was not served':
    /^Error: expect\(page\)\.toHaveServedShell\('instant'\)\n\nhttp:\S+ came from the network\.\nThe worker came after it/,
  'a shell that was served where none is wanted':
    /^Error: expect\(page\)\.not\.toHaveServedShell\('static'\)\n\nhttp:\S+\/about was served "static", from a shell/,
  'no page': /^Error: \[shell-cache\] ready\(\) asks a page of the app, and the page is at about:blank\./,
  'workers that Playwright blocks': /^Error: \[shell-cache\] Playwright blocks service workers here/,
}
/** The fixture reports this before any line of the test runs. */
const WITHOUT_A_LINE = 'workers that Playwright blocks'

test('says at the line of the test what was served instead, and what is in the way', async () => {
  await using server = await startServer(appFolder('shop'), { SHOP_DELAY_MS: '60' })
  const env = { SUITE_ORIGIN: `http://localhost:${server.port}` }
  const { failures, output } = await runSuite(join(ROOT, 'e2e', 'suites'), env)
  expect([...failures.keys()].sort(), output).toEqual(Object.keys(MESSAGES).sort())
  for (const [title, message] of Object.entries(MESSAGES)) {
    expect(failures.get(title)?.text, title).toMatch(message)
    if (title !== WITHOUT_A_LINE) expect(failures.get(title)?.file, title).toMatch(/failing\.ts$/)
  }
})
