// What can be seen of a deployment from outside: its worker, the build that this belongs to, and a page to try.

import * as v from 'valibot'

import { parseJson } from '../../protocol/json-shape.ts'
import { type Manifest, type ManifestEntry, parseManifest } from '../../protocol/build/manifest.ts'
import { decodeRecord } from '../../protocol/record/record-codec.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'
import { isDynamic, type RouteEntry } from '../../protocol/build/route-match.ts'
import { BUILD_COMMENT, PUBLIC_FOLDER, WORKER_PATH } from '../../protocol/wire.ts'
import { type Answer, ask } from './ask.ts'

/** What answers where a worker should be. */
export type NoWorker = {
  readonly status: number
  /** Where the file itself answers, which the app rewrites the worker's URL to. */
  readonly file?: URL
}

export type FoundWorker = {
  readonly url: URL
  readonly answer: Answer
  readonly buildId: string
  readonly basePath: string
  readonly manifestUrl: string
  /** Unknown of an app's own worker. */
  readonly trailingSlash?: boolean
  readonly routes: readonly RouteEntry[]
}

/** A record that the build has published, and how it came. */
export type PublishedRecord = {
  readonly entry: ManifestEntry
  readonly record: ShellRecord
  readonly answer: Answer
}

/** A script or style of a shell, and how it came: undefined if nothing answers. */
export type Script = { readonly url: URL; readonly answer: Answer | undefined }

/** The worker that would control a page, or what answers in its place where there is none of ours. */
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

/** The worker's file of the build that the server runs, where that answers and is ours. */
export async function findWorkerFile({ url, basePath }: FoundWorker): Promise<FoundWorker | undefined> {
  const found = await workerAt(fileOf(basePath, url))
  return 'url' in found ? found : undefined
}

/** Asked for under an address of its own: a cache keeps what lies there for a year, and would show it to the next build's doctor. */
function fileOf(basePath: string, page: URL): URL {
  return new URL(`${basePath}/_next/static/${PUBLIC_FOLDER}${WORKER_PATH}?doctor=${Date.now()}`, page)
}

async function workerAt(url: URL): Promise<FoundWorker | NoWorker> {
  const answer = await ask(url)
  const config = answer.status === 200 ? configOf(textOf(answer)) : undefined
  return config ? { url, answer, ...config } : { status: answer.status }
}

/** `/docs/a` may be an app's own path, or one of an app below `/docs` or `/docs/a`. */
function basePathsOf(pathname: string): string[] {
  const parts = pathname.split('/').filter(Boolean)
  return parts.map((_part, at) => `/${parts.slice(0, parts.length - at).join('/')}`).concat('')
}

/** What the adapter baked into a worker, which is its last line: a call, or a comment in an app's own worker. */
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
  // Another version's may have another form: then nothing is said of them.
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

/** Published pages that may be without holes before one with some is looked for no longer. */
const MOST_TRIED = 20

/** Where there is no page that could be tried. */
export const NO_PAGE = 'The build has published no page without parameters'

/**
 * The record of the page that was asked about, where it has holes; or else of the first page with some; or else of one without: a site
 * may have no others. Or why there is none.
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

/** The scripts and styles of a shell, asked for as a worker does. */
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
