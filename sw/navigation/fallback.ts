// The lowest rungs of the ladder: what a visitor gets if the network does not answer.

import type { StoredRecord } from '../../protocol/record/stored.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { dropBody } from '../transport/document.ts'
import { answerInTime } from '../transport/availability.ts'
import { toResponse } from '../response/response.ts'
import type { NavigationContext } from './context.ts'
import type { Navigation } from './eligible.ts'
import { findRecord, type FoundRecord, shownOffline } from './find-record.ts'
import { rememberStream } from '../response/open-streams.ts'
import { offlineTail, watchTag } from '../response/tails.ts'
import { DATABASE_OFFLINE_MS } from '../util/timeouts.ts'

/**
 * The network's page, or undefined if it does not arrive. If the stored page can fill its holes by itself once the network answers,
 * the wait ends after the build's timeout; otherwise it has no limit.
 */
export async function networkPage(
  fetching: Promise<Response>,
  { timeouts }: WorkerConfig,
  stored: StoredRecord | undefined,
): Promise<Response | undefined> {
  const fillsItself = stored !== undefined && offlineTail(stored) !== undefined
  const response = await answerInTime(fetching, fillsItself ? timeouts.offline : undefined)
  if (!response) fetching.then(dropBody, () => {})
  return response
}

/** The response for a visitor if the network has failed. */
export async function withoutNetwork(
  event: FetchEvent,
  navigation: Navigation,
  found: FoundRecord,
  { config, copies }: Pick<NavigationContext, 'config' | 'copies'>,
): Promise<Response> {
  // A store that was too slow to save time is fast enough if there is nothing else to show.
  const last = found.kind === 'none' ? await findRecord(config, navigation, DATABASE_OFFLINE_MS) : found
  const stored = shownOffline(last, navigation, config)
  if (!stored) return offlinePage(event, config)
  const copy = await copies?.(stored, event.request)?.read()
  return storedPage(event, stored, config, { isInvalidated: last.kind === 'invalidated', copy })
}

/** A whole document, or the shell: it continues with the copy of the last visit, or starts by itself if it can. */
function storedPage(
  event: FetchEvent,
  record: StoredRecord,
  { watchUrl }: WorkerConfig,
  { isInvalidated, copy }: { readonly isInvalidated: boolean; readonly copy: Uint8Array<ArrayBuffer> | undefined },
): Response {
  const tail = copy ?? offlineTail(record)
  if (record.kind === 'resuming')
    rememberStream(event.resultingClientId, Promise.resolve(tail ? 'offline' : 'stranded'))
  const body =
    record.kind === 'resuming' ? new Blob([record.shell, watchTag(watchUrl), ...(tail ? [tail] : [])]) : record.shell
  return toResponse(record, body, { outcome: record.kind === 'static' ? 'static' : 'offline', isInvalidated })
}

/** The app's offline page, or a plain one. Both reload when the origin answers again. Rejects if the app's page is not stored. */
export async function offlinePage(event: FetchEvent, config: WorkerConfig): Promise<Response> {
  const { page } = config.offline
  if ('html' in page) {
    return new Response(page.html, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } })
  }
  const { record } = await findRecord(config, { keys: [page.key] }, DATABASE_OFFLINE_MS)
  if (!record) throw new Error('the offline page is not stored')
  rememberStream(event.resultingClientId, Promise.resolve('stranded'))
  const { body, headers } = toResponse(record, record.shell, { outcome: 'offline' })
  return new Response(body, { status: 503, headers })
}
