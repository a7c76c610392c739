// Answers the messages of pages to the worker.

import {
  type Done,
  isToWorker,
  type PageNotes,
  type WorkerLinks,
  type WorkerStatus,
} from '../../protocol/page/messages.ts'
import { parseInvalidated } from '../../protocol/record/tags.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { installLater, installLazyAssets, installRecords } from '../install/install.ts'
import { deleteDesertedAssets } from '../install/old-assets.ts'
import { notePress } from '../navigation/press.ts'
import { pageOf, tellOfStream } from '../response/open-streams.ts'
import { invalidate } from '../refresh/invalidate.ts'
import { dropPages } from '../response/reloads.ts'
import { openPages, pageAt } from './open-pages.ts'
import { noteHost } from '../store/host-head.ts'
import { isAtRest } from '../store/marks.ts'
import { countRecords, deleteAllRecords, isInstalled, readRecord, readUses } from '../store/records.ts'
import { fetchDictionary } from '../transport/dictionary.ts'
import { lookForNewer } from '../transport/other-build.ts'
import { askSwitch, isSwitchedOff } from '../transport/switch.ts'
import { deleteOwnCaches } from '../util/app.ts'

/** Never rejects. */
export async function answerMessage(
  scope: ServiceWorkerGlobalScope,
  config: WorkerConfig,
  { data, ports, source }: ExtendableMessageEvent,
): Promise<void> {
  const message: unknown = data
  if (!isToWorker(message)) return
  const [port] = ports
  const page = source && 'url' in source ? source : undefined
  switch (message.type) {
    case 'shell-cache:skip-waiting':
      return scope.skipWaiting()
    case 'shell-cache:pressed':
      return notePress()
    case 'shell-cache:watch':
      // Not awaited: this message must not keep a worker alive whose stream hangs.
      return void tellOfStream(page?.id, port)
    case 'shell-cache:notes':
      return port?.postMessage({ ...pageOf(page?.id).notes, rests: await isAtRest() } satisfies PageNotes)
    case 'shell-cache:links': {
      const { buildId, basePath, trailingSlash, routes } = config
      const uses = (await readUses().catch(() => [])).map(({ buildId: of, key }) => ({ buildId: of, key }))
      const keys = page ? pageAt(page.url, config).flat() : []
      const found = await readRecord(buildId, keys).catch(() => undefined)
      return port?.postMessage({
        type: message.type,
        buildId,
        basePath,
        trailingSlash,
        routes,
        headers: found?.record.headers ?? [],
        uses,
      } satisfies WorkerLinks)
    }
    case 'shell-cache:purge':
      return port?.postMessage({ type: 'shell-cache:done', ok: await purge() } satisfies Done)
    case 'shell-cache:refresh':
      await invalidate(parseInvalidated(message.changed))
      return port?.postMessage({ type: 'shell-cache:done', ok: true } satisfies Done)
    case 'shell-cache:status':
      port?.postMessage(await statusOf(config))
      lookForNewer()
      await (tidying ??= tidy(scope, config).finally(() => (tidying = undefined)))
      if (page) await visited(page, config)
      return fetchDictionary()
  }
}

/** The page has loaded, and its record may be one that the install has left for later. */
async function visited({ url }: Client, config: WorkerConfig): Promise<void> {
  for (const page of pageAt(url, config)) await installLater(page, config, true)
}

async function statusOf({ buildId }: WorkerConfig): Promise<WorkerStatus> {
  const records = await countRecords(buildId).catch(() => 0)
  return { type: 'shell-cache:status', buildId, records }
}

async function purge(): Promise<boolean> {
  mayRefill = true
  dropPages()
  return deleteAllRecords().then(
    () => true,
    () => false,
  )
}

/**
 * The host has switched the shell cache off: deletes everything stored, so navigations come from the network. The next message of a page
 * checks whether it is on again (`tidy`). Never rejects.
 */
export async function stepAside(config: WorkerConfig): Promise<void> {
  if (!(await askSwitch(config))) return
  hasLazyAssets = false
  await Promise.allSettled([purge(), deleteOwnCaches()])
}

/** True once, so that a build that cannot be installed is not requested by every page; and again after a purge. */
let mayRefill = true
let hasLazyAssets = false
/** Shared by tabs that load at the same time. */
let tidying: Promise<void> | undefined

/**
 * A page has loaded and its visitor looks at it: time for background work. A store that the browser or a purge has emptied is filled again.
 * Problems are not logged, because the install has already logged them.
 */
async function tidy(scope: ServiceWorkerGlobalScope, config: WorkerConfig): Promise<void> {
  const isRefill = mayRefill && (await isEmptied(config))
  if ((isRefill || isSwitchedOff()) && (await askSwitch(config, noteHost))) return
  const isFirst = !hasLazyAssets
  hasLazyAssets = true
  if (isRefill) mayRefill = false
  const pages = await openPages(scope, config)
  await Promise.allSettled([
    deleteDesertedAssets(scope, config.buildId),
    isRefill ? installRecords(config, pages) : undefined,
    isFirst ? installLazyAssets(config, pages) : undefined,
  ])
}

function isEmptied({ buildId }: WorkerConfig): Promise<boolean> {
  return isInstalled(buildId).then(
    (installed) => !installed,
    () => false,
  )
}
