// One request for a resume or a record, from top to bottom: admit → open → Next's own server, as the page's plain GET (its rules, the app's
// proxy, its router) → confirm → Next continues the render. Each stage takes what only the stage before it can make, so code that skips
// a check does not compile.
//
// Next routes, not a copy of its router: every mistake of a copy is an advisory (CVE-2025-29927, CVE-2026-44574,
// CVE-2026-44575; decisions/004-next-routes.md).

import type { IncomingMessage, ServerResponse } from 'node:http'

import { isDynamic } from '../../protocol/build/route-match.ts'
import { formatVerdict } from '../../protocol/verdict.ts'
import { RECORD_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import { Admitted } from '../gate/admit.ts'
import type { App } from '../app.ts'
import { Confirmed } from '../records/confirm.ts'
import { reportFailure } from '../errors.ts'
import { attachAction, type NextPage, whenPageFound } from '../next/next-page.ts'
import { isRefused, Refused } from '../gate/refused.ts'
import { isAction, toOriginRequest } from '../gate/request.ts'
import { toPlainGet } from '../next/plain-get.ts'
import { type Asked, noteArrival, tellVerdict } from '../next/telemetry.ts'
import { type Load, takePlace } from './place.ts'
import { abortResponse, type InterceptedResponse, interceptResponse, sendRefusal } from './respond.ts'
import { serveRecord } from './serve-record.ts'
import { Opened } from '../records/unseal.ts'

/**
 * Resolves to true if the request was answered. Resolves to false if Next must answer it now: Next sees the page's plain GET, and its
 * response gets out only if it is what was asked for. Never rejects.
 */
export async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  app: App,
  load: Load,
): Promise<boolean> {
  noteArrival(incoming, response, askedBy(incoming))
  try {
    const passed = await passGate(incoming, app)
    const refused = isRefused(passed) ? passed : load.renders >= app.limits.renders ? new Refused('busy') : undefined
    if (refused) sendRefusal(response, refused)
    // The client may have disconnected meanwhile: then Next is not bothered.
    if (isRefused(passed) || refused || response.closed || incoming.socket.destroyed) return true
    takePlace(incoming, response, load, { deadline: app.limits.renderDeadline, giveUp: () => abortResponse(response) })
    passed.handOver(incoming, response)
    return false
  } catch (error) {
    fail(incoming.url, response, error)
    return true
  }
}

function askedBy(incoming: IncomingMessage): Asked {
  if (incoming.headers[RECORD_HEADER] !== undefined) return 'record'
  return isAction(incoming) ? 'action' : 'resume'
}

/** What happens to an admitted request once Next has found its page; true if that answers it. */
type Finish = (page: NextPage, held: InterceptedResponse) => Promise<boolean> | boolean
type Passed = { readonly handOver: (incoming: IncomingMessage, response: ServerResponse) => void }

async function passGate(incoming: IncomingMessage, app: App): Promise<Passed | Refused> {
  const { gate, vault, lastServed } = app
  const admitted = await Admitted.admit(toOriginRequest(incoming), gate)
  if (isRefused(admitted)) return admitted
  const { wanted } = admitted
  const asPage = (finish: Finish): Passed => ({ handOver: (...pair) => handOver(admitted, finish, ...pair) })
  if (wanted.kind === 'record')
    return asPage((page, held) => serveRecord(wanted, { page, target: admitted.target }, app, held))
  if (wanted.kind === 'resume' && wanted.sealedState.length === 0 && !vault.known.get(wanted.digest)) {
    return asPage((page, held) => resume(Confirmed.confirmCurrent(admitted, wanted, page, app), held))
  }
  const opened = await Opened.open(admitted, wanted, vault, Date.now())
  if (isRefused(opened)) return opened
  if (wanted.kind === 'resume') {
    return asPage(async (page, held) => resume(await Confirmed.confirm(opened, page, app), held))
  }
  const action = opened.isOfTarget(vault) ? opened.postponedState : undefined
  if (action === undefined) return new Refused('route')
  // For an action, Next does not say which page it has now, so a route's shell is checked against every tag.
  const tags = isDynamic(opened.key) ? undefined : []
  if (await lastServed.isOutdated(opened.digest, tags)) return new Refused('expired')
  return { handOver: (...pair) => handOverAction(opened, action, wanted.body, ...pair) }
}

/** Every refusal comes before this: from here on the action runs, and its response is Next's own. */
function handOverAction(
  { admitted, digest, current }: Opened,
  postponedState: string,
  body: Uint8Array,
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  const verdict = { kind: 'resumed', digest, current, isStale: false } as const
  response.setHeader(VERDICT_HEADER, formatVerdict(verdict))
  tellVerdict(response, verdict)
  incoming.url = admitted.target
  incoming.headers = { ...admitted.headers }
  attachAction(incoming, postponedState, body)
}

function resume(confirmed: Confirmed | Refused, held: InterceptedResponse): boolean {
  if (isRefused(confirmed)) {
    held.refuse(confirmed)
    return true
  }
  held.commit(confirmed.verdict)
  if (confirmed.resume()) return false
  throw new Error('this release of Next does not let a render go on from a record')
}

function handOver(admitted: Admitted, finish: Finish, incoming: IncomingMessage, response: ServerResponse): void {
  const { target } = admitted
  const held = interceptResponse(response)
  toPlainGet(incoming, admitted)
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

/** A client that has disconnected is not a failure, and there is no client left to tell. */
function fail(target: string | undefined, response: ServerResponse, error: unknown): void {
  if (!response.closed) reportFailure(target ?? '', error)
  abortResponse(response)
}
