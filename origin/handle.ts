// One request for a resume or a record: admit → open → Next's own server, as the page's plain GET (its rules, the app's proxy,
// its router) → confirm → Next renders on, top to bottom. Each stage takes what only the stage before it can make, so that a
// check that is skipped does not compile. Called by index.ts.
//
// Next routes, and not a copy of its router: what a copy gets wrong is an advisory (CVE-2025-29927, CVE-2026-44574,
// CVE-2026-44575; decisions/004-next-routes.md).

import type { IncomingMessage, ServerResponse } from 'node:http'

import { Admitted } from './admit.ts'
import type { App } from './app.ts'
import { Confirmed } from './confirm.ts'
import { reportFailure } from './errors.ts'
import { type NextPage, whenPageFound } from './next-page.ts'
import { isRefused, Refused } from './refused.ts'
import { showPlainGet, toOriginRequest } from './request.ts'
import { breakOff, type HeldAnswer, holdAnswer, sendRefusal } from './respond.ts'
import type { RoutingRules } from './route.ts'
import { serveRecord } from './serve-record.ts'
import { Opened } from './unseal.ts'

/** Requests of ours that Next has in hand in this process. */
export type Load = { renders: number }

/**
 * Resolves to true when the request is answered. Resolves to false when Next is to have it now: Next sees the page's plain GET,
 * and nothing of its answer gets out unless it is what was asked for. Never rejects.
 */
export async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  app: App,
  load: Load,
): Promise<boolean> {
  try {
    const passed = await passGate(incoming, app)
    const refused = isRefused(passed) ? passed : load.renders >= app.limits.renders ? new Refused('busy') : undefined
    if (refused) sendRefusal(response, refused)
    // The client may have gone meanwhile: Next is not troubled then.
    if (isRefused(passed) || refused || response.closed) return true
    countUntilClosed(response, app.limits.renderDeadline, load)
    handOver(passed, incoming, response)
    return false
  } catch (error) {
    fail(incoming.url, response, error)
    return true
  }
}

/** What becomes of an admitted request once Next has found its page; true when it is answered by that. */
type Finish = (page: NextPage, held: HeldAnswer) => Promise<boolean> | boolean
type Passed = { readonly admitted: Admitted; readonly finish: Finish }

async function passGate(incoming: IncomingMessage, { gate, vault }: App): Promise<Passed | Refused> {
  const admitted = await Admitted.admit(toOriginRequest(incoming), gate)
  if (isRefused(admitted)) return admitted
  const { wanted } = admitted
  if (wanted.kind === 'record') {
    return { admitted, finish: (page, held) => serveRecord(page, vault.known, vault.rules, held) }
  }
  const opened = await Opened.open(admitted, wanted, vault, Date.now())
  return isRefused(opened) ? opened : { admitted, finish: (page, held) => resume(opened, page, held, vault.rules) }
}

function resume(opened: Opened, page: NextPage, held: HeldAnswer, rules: RoutingRules): boolean {
  const confirmed = Confirmed.confirm(opened, page, rules)
  if (isRefused(confirmed)) {
    held.refuse(confirmed)
    return true
  }
  held.announce({ kind: 'resumed', digest: opened.digest, current: opened.current })
  if (confirmed.goOn()) return false
  throw new Error('this release of Next does not let a render go on from a record')
}

function handOver({ admitted, finish }: Passed, incoming: IncomingMessage, response: ServerResponse): void {
  const { target } = admitted
  const held = holdAnswer(response)
  showPlainGet(incoming, admitted)
  whenPageFound(incoming, async (page) => {
    try {
      if (page) return await finish(page, held)
      held.refuse(new Refused('route'))
    } catch (error) {
      fail(target, response, error)
    }
    return true
  })
}

/** A client that has gone is no failure, and nobody is left to tell. */
function fail(target: string | undefined, response: ServerResponse, error: unknown): void {
  if (!response.closed) reportFailure(target ?? '', error)
  breakOff(response)
}

function countUntilClosed(response: ServerResponse, deadline: number, load: Load): void {
  const timer = setTimeout(() => breakOff(response), deadline)
  load.renders++
  response.once('close', () => {
    load.renders--
    clearTimeout(timer)
  })
}
