// Writes the output of a build: records, manifest and worker for browsers, below `static/`; records, manifest and key for the
// origin, below `server/`. Only the origin gets gated records. Each folder is written under another name and then moved in one go.

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { INSPECTOR_FILE } from '../../protocol/page/inspection.ts'
import { type BypassRule, ORIGIN_MANIFEST_VERSION, type OriginManifest } from '../../protocol/build/origin-manifest.ts'
import { encodeRecord } from '../../protocol/record/record-codec.ts'
import type { WholeRecord } from '../../protocol/record/record.ts'
import { hashOf } from '../../seal/hash.ts'
import { PUBLIC_FOLDER, publicUrl, SERVER_FOLDER, WORKER_PATH } from '../../protocol/wire.ts'
import { readPageScript, type Script, SCRIPTS } from '../browser-scripts.ts'
import type { BuildContext } from '../build-context.ts'
import type { BuildKey } from './build-key.ts'
import { type BuildReport, REPORT_NAME, type Sum } from '../report/build-report.ts'
import type { Classified, Served } from '../pages/classify.ts'
import { tagsOf } from '../pages/records.ts'
import { drawingsOf } from './assets/images.ts'
import { inspectorPage } from './inspector-page.ts'
import { baseName, type Framed, publicName, sumOf, toManifest } from './public-manifest.ts'
import { dictionaryOf } from './dictionary.ts'
import type { Settings } from '../config/options.ts'
import { registersItself } from '../config/registration.ts'
import { toRouteEntries } from '../pages/route-entries.ts'
import { withoutComponent } from './unregistered.ts'
import { uninstallerScript, workerScript } from './worker/worker-script.ts'

const PAGE_SCRIPTS = ['holes', 'report', 'speculate', 'start-offline'] as const

export type Emission = {
  readonly pages: readonly Classified[]
  readonly served: readonly Served[]
  /** One for each served page. */
  readonly records: readonly WholeRecord[]
  readonly key: BuildKey
  readonly settings: Settings
  readonly report: BuildReport
}

/** Resolves to the sum of what is published. Rejects if a file cannot be written; then neither folder exists. */
export async function emit(emission: Emission, context: BuildContext, scripts: string = SCRIPTS): Promise<Sum> {
  const framed = emission.records.map((whole): Framed => ({
    ...whole,
    frame: encodeRecord(whole.record, whole.segments),
  }))
  const published = framed.filter(isPublic(emission))
  const sum = sumOf(published, emission.settings)
  const dictionary = compressesRests(emission.settings) ? dictionaryFile(published) : []
  try {
    const watch = await readPageScript('watch', scripts)
    const pageScripts = await Promise.all(PAGE_SCRIPTS.map((name) => readPageScript(name, scripts)))
    const stale = emission.settings.staleHoles ? [await readPageScript('stale-holes', scripts)] : []
    const inspector = emission.settings.inspector ? await inspectorFiles(emission, context, scripts) : []
    await writeFolder(join(context.distDir, 'static', PUBLIC_FOLDER), [
      ...dictionary,
      ...(await publicFiles(published, emission, context, {
        scripts,
        watchUrl: watchUrlFor(emission.records, watch, context),
        staleUrl: stale.map(({ name }) => publicUrl(context.config.basePath, name)).join(),
        others: [watch, ...pageScripts, ...stale, ...inspector],
      })),
    ])
    await writeFolder(join(context.distDir, 'server', SERVER_FOLDER), [
      ...dictionary,
      ...serverFiles(framed, { ...emission, report: { ...emission.report, sum } }, dictionary[0]?.name, context),
    ])
    return sum
  } catch (error) {
    await removeEmitted(context.distDir).catch(() => {})
    throw error
  }
}

/**
 * Writes only a worker: it removes everything that was stored, and also itself unless it is the app's own. Rejects if a file cannot be
 * written.
 */
export async function emitUninstaller(
  context: BuildContext,
  worker: string | undefined,
  scripts: string = SCRIPTS,
): Promise<void> {
  const content = await uninstallerScript(worker, context, scripts)
  await writeFolder(join(context.distDir, 'static', PUBLIC_FOLDER), [{ name: 'sw.js', content }])
}

/** Removes our output from `distDir`, complete or half written. */
export async function removeEmitted(distDir: string): Promise<void> {
  const folders = [join(distDir, 'static', PUBLIC_FOLDER), join(distDir, 'server', SERVER_FOLDER)]
  for (const folder of folders.flatMap((place) => [place, besides(place)]))
    await rm(folder, { recursive: true, force: true })
}

export function hasWorker(distDir: string): boolean {
  return existsSync(join(distDir, 'static', PUBLIC_FOLDER, WORKER_PATH))
}

/** The path at which a folder is written before it is moved to its place. */
function besides(folder: string): string {
  return `${folder}.new`
}

type File = { readonly name: string; readonly content: Uint8Array | string; readonly mode?: number }

async function writeFolder(folder: string, files: readonly File[]): Promise<void> {
  const fresh = besides(folder)
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true })
  for (const { name, content, mode = 0o644 } of files) await writeFile(join(fresh, name), content, { mode })
  await rm(folder, { recursive: true, force: true })
  await rename(fresh, folder)
}

async function publicFiles(
  framed: readonly Framed[],
  emission: Emission,
  context: BuildContext,
  {
    scripts,
    watchUrl,
    staleUrl,
    others,
  }: {
    readonly scripts: string
    readonly watchUrl: string
    readonly staleUrl: string
    readonly others: readonly Script[]
  },
): Promise<readonly File[]> {
  const manifest = await toManifest(framed, emission.settings, context, { watchUrl, staleUrl, files: others })
  const content = JSON.stringify(manifest)
  // Everything below /_next/static is cached for a year, so the name changes with the content.
  const manifestName = `manifest.${createHash('sha256').update(content).digest('base64url').slice(0, 16)}.json`
  return [
    ...framed.map(({ frame }) => ({ name: publicName(frame), content: frame })),
    { name: manifestName, content },
    {
      name: 'sw.js',
      content: await workerScript(
        emission,
        { manifestName, drawings: drawingsOf(manifest.images), watchUrl, staleUrl },
        context,
        scripts,
      ),
    },
    ...others,
  ]
}

/** URL of the script that the worker sends after shells; '' if all shells have it by <ShellCache />, or if the app must add that itself. */
function watchUrlFor(records: readonly WholeRecord[], { name }: Script, { config }: BuildContext): string {
  const isNeeded = registersItself(config) && withoutComponent(records.map(({ record }) => record)).length > 0
  return isNeeded ? publicUrl(config.basePath, name) : ''
}

async function inspectorFiles(
  { report, settings }: Emission,
  context: BuildContext,
  scripts: string,
): Promise<readonly Script[]> {
  const script = await readPageScript('inspector', scripts)
  const page = inspectorPage(publicUrl(context.config.basePath, script.name), report, settings, context)
  return [script, { name: INSPECTOR_FILE, content: page }]
}

/** Everybody can read files below `static/`, so guarded pages must not be there. */
function isPublic({ served }: Emission): (framed: Framed) => boolean {
  const instant = new Set(served.filter(({ mode }) => mode === 'instant').map(({ candidate }) => candidate.key))
  return ({ record }) => instant.has(record.key)
}

/** Only rests in responses to a preload are compressed with the dictionary. */
function compressesRests({ dictionary, preload, transport }: Settings): boolean {
  return dictionary && preload && transport === 'auto'
}

/** The origin needs it too, and may not have the public files. Named by content: everything below /_next/static is cached for a year. */
function dictionaryFile(published: readonly Framed[]): readonly File[] {
  const content = dictionaryOf(published)
  return content ? [{ name: `dictionary.${hashOf(content).slice(0, 16)}.txt`, content }] : []
}

function serverFiles(
  framed: readonly Framed[],
  { pages, served, key, settings, report }: Emission,
  dictionary: string | undefined,
  context: BuildContext,
): readonly File[] {
  const tagsByKey = new Map(served.map(({ candidate }) => [candidate.key, tagsOf(candidate)]))
  const manifest: OriginManifest = {
    version: ORIGIN_MANIFEST_VERSION,
    buildId: context.buildId,
    builtAt: Math.floor(performance.timeOrigin),
    basePath: context.config.basePath,
    hasOwnPageCache: context.config.cacheHandler !== undefined,
    key: key.generated ? 'file' : 'SHELL_CACHE_SECRET',
    routes: toRouteEntries(pages, served, context, settings),
    bypassFor: bypassRulesOf(served),
    ...(settings.actions ? { actionBytes: actionBytesOf(context.config) } : {}),
    ...(dictionary === undefined ? {} : { dictionary }),
    records: framed.map(({ record, frame }) => {
      const { key, route, digest } = record
      return { key, route, digest, file: serverName(frame), tags: tagsByKey.get(key) ?? [] }
    }),
  }
  return [
    ...framed.map(({ frame }) => ({ name: serverName(frame), content: frame })),
    { name: 'origin.json', content: JSON.stringify(manifest) },
    { name: REPORT_NAME, content: JSON.stringify(report) },
    ...(key.generated ? [{ name: 'key', content: key.generated, mode: 0o600 }] : []),
  ]
}

/** Next gives every page the same rules. Each rule is kept once. */
function bypassRulesOf(served: readonly Served[]): readonly BypassRule[] {
  const rules = served.flatMap(({ candidate }) => candidate.bypassFor)
  return [...new Map(rules.map((rule) => [JSON.stringify([rule.header, rule.value]), rule])).values()]
}

function serverName(frame: Uint8Array): string {
  return `${baseName(frame)}.bin`
}

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }

/** Next's `serverActions.bodySizeLimit`: a number of bytes, or a number with a unit; 1 MB if it is not set. */
function actionBytesOf({ experimental }: BuildContext['config']): number {
  const limit = String(experimental?.serverActions?.bodySizeLimit ?? '1mb')
  const [, amount = '1', unit = 'b'] = /^(\d+(?:\.\d+)?) *(b|kb|mb|gb)?$/i.exec(limit) ?? [limit, '1', 'mb']
  return Math.floor(Number(amount) * (UNITS[unit.toLowerCase()] ?? 1))
}
