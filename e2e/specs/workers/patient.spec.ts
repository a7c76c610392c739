// `update: 'prompt'` and `transport: 'prefix'`: a worker that waits until it is told to take over, and requests whole documents.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { AxeBuilder } from '@axe-core/playwright'

import { expect, expectHydrated, install, pageRequests, test, untilControlled, visit } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'

test.use({ appName: 'patient' })

/** Deploys a worker that differs only in a comment, which the browser takes for a new one. */
async function deployWorker(relay: Relay): Promise<void> {
  const script = await readFile(join(appFolder('patient'), '.next', 'static', 'shell-cache', 'sw.js'), 'utf8')
  const headers = { 'content-type': 'text/javascript', 'cache-control': 'no-cache' }
  relay.fault = ({ url }) => (url === '/sw.js' ? { status: 200, headers, body: `${script}\n// new` } : undefined)
}

test('skips the shell’s bytes in the document, which is the one request of a visit', async ({ page, relay }) => {
  await install(page, relay)
  const before = relay.exchanges.length
  const { outcome, response } = await visit(page, relay, '/p/a')
  expect(outcome).toBe('instant')
  expect(pageRequests(relay).slice(-1)).toEqual(['GET /p/a'])
  const documents = relay.exchanges.slice(before).filter(({ url }) => url === '/p/a')
  expect(documents.map(({ method }) => method)).toEqual(['GET'])
  expect((await response.body()).equals(documents[0]?.body ?? Buffer.alloc(0))).toBe(true)
  await expectHydrated(page)
})

test('F23 lets a new worker wait until the page says so', async ({ page, relay }) => {
  await install(page, relay, '/update')
  await deployWorker(relay)
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
  await expect(page.getByTestId('status')).toHaveText('waiting')
  // Nothing has changed for the visitor yet.
  expect((await visit(page, relay, '/p/a')).outcome).toBe('instant')
  expect((await visit(page, relay, '/update')).outcome).toBe('static')
  await page.getByTestId('apply').click()
  await expect(page).toHaveTitle('applied true')
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull()
  await page.getByTestId('apply').click()
  await expect(page).toHaveTitle('applied false')
})

test('says that there is a new version, and shows it when the visitor wants it', async ({ page, relay }) => {
  await install(page, relay, '/update')
  const notice = page.getByRole('status')
  await expect(notice).toBeEmpty()
  await deployWorker(relay)
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
  await expect(notice).toContainText('There is a new version.')
  const { violations } = await new AxeBuilder({ page }).include('[data-shell-cache-notice]').analyze()
  expect(violations).toEqual([])
  await page.addStyleTag({
    content: ':root { --shell-cache-notice-background: rgb(1, 2, 3); --shell-cache-notice-radius: 7px }',
  })
  const look = notice.locator('> div')
  await expect(look).toHaveCSS('background-color', 'rgb(1, 2, 3)')
  await expect(look).toHaveCSS('border-radius', '7px')
  const loaded = page.waitForEvent('load')
  await notice.getByRole('button', { name: 'Reload' }).click()
  await loaded
  await expect(page.getByTestId('status')).toHaveText('active')
  await expect(notice).toBeEmpty()
})

test('says that a worker waits for as long as it does, in every tab, no matter which tab found it', async ({
  page,
  relay,
  profile,
}) => {
  await install(page, relay, '/update')
  await deployWorker(relay)
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
  await expect(page.getByTestId('status')).toHaveText('waiting')
  const other = await profile.newPage()
  await other.addInitScript(noteStatus)
  // Each load registers the worker again, and asks the active worker.
  for (let load = 0; load < 3; load++) {
    await other.goto(`${relay.origin}/update`)
    await expect(other.getByTestId('status')).toHaveText('waiting')
    await untilControlled(other)
    // React may skip a status that is replaced immediately.
    const statuses: string[] = await other.evaluate(() => Reflect.get(window, 'statuses'))
    expect(statuses.at(-1)).toBe('waiting')
    expect(statuses).not.toContain('active')
  }
  await other.getByTestId('apply').click()
  await expect(other.getByTestId('status')).toHaveText('active')
  await expect(page.getByTestId('status')).toHaveText('active')
  await other.close()
})

/** Runs in the page: every status that a visitor could see, in order. */
function noteStatus(): void {
  const statuses: (string | null)[] = []
  Reflect.set(window, 'statuses', statuses)
  new MutationObserver(() => {
    const status = document.querySelector('[data-testid=status]')?.textContent ?? null
    if (status !== null && status !== statuses.at(-1)) statuses.push(status)
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

test('forgets everything when the client says so', async ({ page, relay }) => {
  await install(page, relay, '/update')
  await page.getByTestId('purge').click()
  await expect(page).toHaveTitle('purged true')
  expect((await visit(page, relay, '/about')).outcome).toBeUndefined()
  expect((await untilControlled(page)).buildId).toBeTruthy()
})
