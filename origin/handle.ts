// One resume, from the socket to the socket: request → admit → proxy → route → unseal → resume → respond, top to bottom. Each
// stage takes what only the stage before it can make, so that a check that is skipped does not compile. Called by index.ts.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { Admitted } from './admit.ts'
import type { App } from './app.ts'
import { reportFailure } from './errors.ts'
import { Allowed } from './proxy.ts'
import { isRefused, Refused } from './refused.ts'
import { toResumeRequest } from './request.ts'
import { breakOff, sealHead, sendRefusal } from './respond.ts'
import { resume } from './resume.ts'
import { Resolved } from './route.ts'
import { Opened } from './unseal.ts'

/** Renders under way in this process. */
export type Load = { renders: number }

/** Never rejects, and never leaves the response open: it has ended, or its connection is cut. */
export async function handle(incoming: IncomingMessage, response: ServerResponse, app: App, load: Load): Promise<void> {
  // Next rewrites the request's own.
  const target = incoming.url ?? ''
  try {
    const opened = await passGate(incoming, app)
    if (isRefused(opened)) return sendRefusal(response, opened)
    if (load.renders >= app.limits.renders) return sendRefusal(response, new Refused('busy'))
    await render(opened, incoming, response, app, load)
  } catch (error) {
    // A client that has gone is no failure, and nobody is left to tell.
    if (!response.closed) reportFailure(target, error)
    breakOff(response)
  }
}

async function passGate(incoming: IncomingMessage, app: App): Promise<Opened | Refused> {
  const { gate, basePath, proxyPaths, rules, vault } = app
  const admitted = await Admitted.admit(toResumeRequest(incoming), gate)
  if (isRefused(admitted)) return admitted
  const allowed = Allowed.allow(admitted, proxyPaths, basePath)
  if (isRefused(allowed)) return allowed
  const resolved = Resolved.resolve(allowed, rules)
  if (isRefused(resolved)) return resolved
  return Opened.open(resolved, vault, Date.now())
}

async function render(
  opened: Opened,
  incoming: IncomingMessage,
  response: ServerResponse,
  app: App,
  load: Load,
): Promise<void> {
  const deadline = setTimeout(() => breakOff(response), app.limits.renderDeadline)
  load.renders++
  try {
    sealHead(response, opened)
    app.build.compress(incoming, response, () => {})
    await resume(opened, incoming, response, app.build)
  } finally {
    load.renders--
    clearTimeout(deadline)
  }
}
