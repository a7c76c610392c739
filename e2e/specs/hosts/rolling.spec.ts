// A deploy that replaces one server after the other, behind a host that sends each request to the next: one browser meets both builds,
// in the middle of its pages too. Files are found wherever they are, as behind a CDN that has those of both builds.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { BUILD_HEADER } from '../../../protocol/wire.ts'
import { until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { install, readWorkerBuild, takeUpdate } from '../../engines/page.ts'
import { openUnattachedChromium, type UnattachedTab } from '../../engines/unattached.ts'
import { readBuilds } from '../../harness/in-page/builds.ts'
import { type AppName, appFolder } from '../../harness/paths.ts'
import type { Exchange, Relay } from '../../harness/servers/relay.ts'

const VISITS = 10

/** Asked by POST and by preload; the worker's script as the old server has it, or as the new one does. */
const CASES = [
  ['faults', 'new'],
  ['faults-preload', 'old'],
] as const

for (const [app, script] of CASES) {
  test.describe(app, () => {
    test.use({ app })

    test(`shows pages of one build each, with the ${script} worker’s script, while two builds answer in turn`, async ({
      relay,
      server,
      next,
    }) => {
      await using browser = await openUnattachedChromium()
      await install(browser, relay)
      const old = await browser.run(readWorkerBuild)
      const inTurn = [server.port, next.port]
      const only = script === 'old' ? server.port : next.port
      relay.route = ({ url = '' }) => {
        if (url === '/sw.js') return only
        const turn = inTurn.shift() ?? only
        inTurn.push(turn)
        return fileOwner(url, [app, server.port], ['faults-next', next.port]) ?? turn
      }
      let refusals = 0
      let signs = 0
      for (let visit = 0; visit < VISITS; visit++) {
        const { documents, isRefused, isTold } = await visitWhole(browser, relay, `/?ms=0&visit=${visit}`)
        expect(documents, 'one for the splice, and one reload at the most').toBeLessThanOrEqual(2)
        // The one after a refusal may be of the shell's build, and is joined to it then.
        if (isRefused) expect(documents, 'the network’s page').toBeGreaterThan(0)
        refusals += Number(isRefused)
        signs += Number(isRefused || isTold)
      }
      expect(signs, 'that the other build is there').toBeGreaterThan(0)
      expect(refusals, 'one for each build’s worker').toBeLessThanOrEqual(2)
      // The last server is replaced.
      relay.route = undefined
      relay.turnTo(next.port)
      await takeUpdate(browser, old)
      await visitWhole(browser, relay, '/?ms=0&after=1')
      const last = await visitWhole(browser, relay, '/?ms=0&after=2')
      expect(last).toMatchObject({ shell: 'two', isRefused: false })
      // One that was there before may have heard the last server say otherwise: it asks for documents alone for a minute.
      if (script === 'old') expect(last.outcome).toBe('instant')
    })
  })
}

type App = readonly [name: AppName, port: number]

/** Whose file it is, where only one of the builds has it. */
function fileOwner(url: string, ...apps: readonly [App, App]): number | undefined {
  const [, file] = /^\/_next\/(static\/[^?]*)/.exec(url) ?? []
  const owners = apps.filter(([name]) => file !== undefined && existsSync(join(appFolder(name), '.next', file)))
  return owners.length === 1 ? owners[0]?.[1] : undefined
}

async function visitWhole(tab: UnattachedTab, relay: Relay, url: string) {
  await tab.open(relay.origin + url)
  const shown = await until(tab, ({ isWhole }) => isWhole, readBuilds)
  expect(shown.shell).toMatch(/^(one|two)$/)
  expect(shown.hole, 'of the same build').toBe(shown.shell)
  const asked = relay.exchanges.filter((exchange) => exchange.url === url)
  const documents = asked.filter(({ method }) => method === 'GET').length
  return { ...shown, documents, isRefused: asked.some(isOfOtherBuild), isTold: asked.some(namesItsBuild) }
}

function isOfOtherBuild({ answer }: Exchange): boolean {
  return String(answer['shell-cache-verdict']).includes('reason=build')
}

function namesItsBuild({ answer }: Exchange): boolean {
  return answer[BUILD_HEADER] !== undefined
}
