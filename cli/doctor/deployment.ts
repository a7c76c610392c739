// Reads what a deployment shows from outside: its worker, the worker's build, and a page to try.

import * as v from 'valibot'

import { parseJson } from '../../protocol/json-shape.ts'
import { type Manifest, type ManifestEntry, parseManifest } from '../../protocol/build/manifest.ts'
import { decodeRecord } from '../../protocol/record/record-codec.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'
import { isDynamic, type RouteEntry } from '../../protocol/build/route-match.ts'
import { BUILD_COMMENT, PUBLIC_FOLDER, WORKER_PATH } from '../../protocol/wire.ts'
import { type Answer, ask } from './ask.ts'

/** The response at the worker's URL if there is no worker of ours. */
export type NoWorker = {
  readonly status: number
  /** URL of the file to which the app rewrites the worker's URL, if this file answers. */
  readonly file?: URL
}

export type FoundWorker = {
  readonly url: URL
  readonly answer: Answer
  readonly buildId: string
  readonly basePath: string
  readonly manifestUrl: string
  /** Unknown for an app's own worker. */
  readonly trailingSlash?: boolean
  readonly routes: readonly RouteEntry[]
}

/** A record that the build has published, with its response. */
export type PublishedRecord = {
  readonly entry: ManifestEntry
  readonly record: ShellRecord
  readonly answer: Answer
}

/** A script or style of a shell, with its response: undefined if nothing answers. */
export type Script = { readonly url: URL; readonly answer: Answer | undefined }

/** The worker that would control a page, or what answers instead if there is no worker of ours. */
export async function findWorker(page: URL): Promise<FoundWorker | NoWorker> {
  let status = 404
  for (const basePath of basePathsOf(page.pathname)) {
    const found = await workerAt(new URL(basePath + WORKER_PATH, page))
    if ('url' in found) return found
    status = found.status
  }
  for (const basePath of basePathsOf(page.pathname)) {
    const found = await workerAt(fileOf(basePath, page))
    if ('url' in found) return { status, file: found.url }
  }
  return { status }
}

/** The worker file of the build that the server runs, if it answers and is ours. */
export async function findWorkerFile({ url, basePath }: FoundWorker): Promise<FoundWorker | undefined> {
  const found = await workerAt(fileOf(basePath, url))
  return 'url' in found ? found : undefined
}

/** The query makes the URL unique: a cache keeps the file for a year and would return it to a doctor of the next build. */
function fileOf(basePath: string, page: URL): URL {
  return new URL(`${basePath}/_next/static/${PUBLIC_FOLDER}${WORKER_PATH}?doctor=${Date.now()}`, page)
}

async function workerAt(url: URL): Promise<FoundWorker | NoWorker> {
  const answer = await ask(url)
  const config = answer.status === 200 ? configOf(textOf(answer)) : undefined
  return config ? { url, answer, ...config } : { status: answer.status }
}

/** `/docs/a` may be a path of an app at the root, below `/docs` or below `/docs/a`. */
function basePathsOf(pathname: string): string[] {
  const parts = pathname.split('/').filter(Boolean)
  return parts.map((_part, at) => `/${parts.slice(0, parts.length - at).join('/')}`).concat('')
}

/** The config in the last line of a worker, where the adapter wrote it: a call, or a comment in an app's own worker. */
function configOf(script: string): Omit<FoundWorker, 'url' | 'answer'> | undefined {
  const last = script.trimEnd().split('\n').at(-1) ?? ''
  const called = /ShellCacheWorker\.installShellCache\((\{.*\})\)$/.exec(last)?.[1]
  const baked = last.startsWith(BUILD_COMMENT) ? last.slice(BUILD_COMMENT.length) : called
  const config = parseJson(baked ?? '')
  const parsed = v.safeParse(BAKED, config)
  return parsed.success ? parsed.output : undefined
}

const BAKED = v.object({
  buildId: v.string(),
  basePath: v.string(),
  manifestUrl: v.string(),
  trailingSlash: v.exactOptional(v.boolean()),
  // Routes of another version may have another form. Then doctor says nothing about them.
  routes: v.fallback(
    v.array(
      v.object({
        pattern: v.string(),
        mode: v.picklist(['instant', 'gated', 'off']),
        except: v.exactOptional(v.array(v.string())),
      }),
    ),
    [],
  ),
})

/** The manifest that the worker installs from, or why there is none. */
export async function readManifest({ url, manifestUrl, buildId }: FoundWorker): Promise<Manifest | string> {
  const answer = await ask(new URL(manifestUrl, url))
  if (answer.status !== 200) return `${manifestUrl} answers with status ${answer.status}`
  const parsed = parseManifest(parseJson(textOf(answer)))
  if (!parsed.ok) return `${manifestUrl} ${parsed.reason}`
  return parsed.manifest.buildId === buildId ? parsed.manifest : `${manifestUrl} is of another build than the worker`
}

/** The most published pages to try in search of one with holes. */
const MOST_TRIED = 20

/** The reason if there is no page to try. */
export const NO_PAGE = 'The build has published no page without parameters'

/**
 * The record of the given page if it has holes, or else of the first page with holes, or else of a page without holes, because a site may
 * have no others. Or the reason why there is no record.
 */
export async function recordToTry(
  { entries }: Manifest,
  page: URL,
  worker: FoundWorker,
): Promise<PublishedRecord | string> {
  const path = page.pathname.slice(worker.basePath.length).replace(/(.)\/$/, '$1') || '/'
  const pages = entries
    .filter(({ key }) => !isDynamic(key))
    .toSorted((a, b) => Number(b.key === path) - Number(a.key === path))
  let whole: PublishedRecord | undefined
  for (const entry of pages.slice(0, MOST_TRIED)) {
    const published = await readRecord(entry, worker)
    if (typeof published === 'string' || published.record.kind === 'resuming') return published
    whole ??= published
  }
  return whole ?? NO_PAGE
}

/** A published record, or why it cannot be used. */
async function readRecord(entry: ManifestEntry, { url }: FoundWorker): Promise<PublishedRecord | string> {
  const answer = await ask(new URL(entry.url, url))
  if (answer.status !== 200) return `${entry.url} answers with status ${answer.status}`
  const decoded = decodeRecord(answer.body)
  if (!decoded.ok) return `${entry.url} ${decoded.reason}`
  if (decoded.record.digest !== entry.digest) return `${entry.url} is another record than the manifest names`
  return { entry, record: decoded.record, answer }
}

/** The scripts and styles of a shell, requested as a worker does. */
export function askForScripts(
  { assets }: Manifest,
  { entry }: PublishedRecord,
  { url }: FoundWorker,
): Promise<Script[]> {
  const urls = entry.assets.flatMap((at) => assets[at] ?? []).map((path) => new URL(path, url))
  const headers = { origin: url.origin }
  return Promise.all(
    urls.map(async (each) => ({ url: each, answer: await ask(each, { headers }).catch(() => undefined) })),
  )
}

export function textOf({ body }: Answer): string {
  return Buffer.from(body).toString()
}
