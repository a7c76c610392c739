// Answers a navigation preload of our worker: the page's plain GET, which the browser sends while the worker starts. If the browser has a
// shell of the page whose state is here, Next continues from that state and sends the rest alone. If only the browser has the state,
// nothing is rendered: the browser is told to ask with the state. In every other case Next answers with the whole document.
//
//   must leave everything but the rest of a page that Next found unchanged: redirects, a guard's response, errors;
//   must mark what it shortens, and keep it out of every cache: it is half a page under the page's URL;
//   must serve only a navigation of the page itself: a reload, a frame and a fetch get the whole document.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { namedBuild, parsePreloadHeader } from '../../protocol/shell-inventory.ts'
import { BUILD_HEADER, PRELOAD_HEADER, publicUrl } from '../../protocol/wire.ts'
import type { App } from '../app.ts'
import { Confirmed } from '../records/confirm.ts'
import { whenPageFound } from '../next/next-page.ts'
import { noteArrival } from '../next/telemetry.ts'
import { isRefused } from '../gate/refused.ts'
import { commitRest, sendRefusal } from './respond.ts'

const DICTIONARY_PATH = publicUrl('', 'dictionary.')

export function isPreload({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers[PRELOAD_HEADER] !== undefined &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document' &&
    // A reload sends this; it wants the network's page.
    headers['cache-control'] === undefined &&
    headers.range === undefined
  )
}

/** Has Next send only the rest if that is enough, and nothing if that would belong to another shell. Next has the request. */
export function shortenPreload(incoming: IncomingMessage, response: ServerResponse, app: App): void {
  const { gate, vault } = app
  const inventory = parsePreloadHeader(String(incoming.headers[PRELOAD_HEADER]))
  const own = namedBuild({ buildId: gate.buildId, basePath: vault.rules.basePath })
  if (!inventory || gate.bypasses(incoming.headers)) return
  if (inventory.buildId !== own) return nameBuild(incoming, response, own)
  noteArrival(incoming, response, 'preload')
  const preload = { inventory, target: incoming.url ?? '' }
  whenPageFound(incoming, async (page) => {
    // A failure here costs the browser some bytes, no more.
    const confirmed = page && (await Confirmed.confirmPreload(preload, page, app).catch(() => undefined))
    if (confirmed && isRefused(confirmed)) {
      sendRefusal(response, confirmed)
      return true
    }
    if (confirmed?.resume()) commitRest(response, confirmed.verdict, app.dictionary)
    return false
  })
}

/** A browser's request for the build's dictionary, which Next answers with the file. */
export function isForDictionary({ method, url }: IncomingMessage): boolean {
  return method === 'GET' && url?.includes(DICTIONARY_PATH) === true
}

/** Makes the browser keep the file. Nothing else does: a dictionary is of use only if this server compresses with it. */
export function offerDictionary({ url }: IncomingMessage, response: ServerResponse, { dictionary }: App): void {
  if (dictionary && url === dictionary.url) response.setHeader('use-as-dictionary', dictionary.useHeader)
}

/**
 * Tells a worker of another build what the server has, so that it need not ask. Only on pages with holes: caches keep the others and would
 * name this build when it is long gone.
 */
function nameBuild(incoming: IncomingMessage, response: ServerResponse, build: string): void {
  whenPageFound(incoming, async (page) => {
    if (page?.postponedState !== undefined && !response.headersSent) response.setHeader(BUILD_HEADER, build)
    return false
  })
}
