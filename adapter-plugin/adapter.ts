/**
 * The adapter itself, for apps whose `adapterPath` names a file of their own.
 *
 * @packageDocumentation
 */

// The hooks that Next calls. `onBuildComplete` runs the whole build: collect → classify → read → seal → emit → table. One `try` covers
// all steps: a failure here must not stop the app's build, except for a broken worker of the app's own. A standalone server always
// gets the package. Another adapter changes the config before us and deploys after us, with our files in its list.

import type { NextAdapter, NextConfig } from 'next'
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD, PHASE_PRODUCTION_SERVER } from 'next/constants.js'

import { attachOrigin } from './config/attach.ts'
import { readPageScript, SCRIPTS } from './browser-scripts.ts'
import type { WholeRecord } from '../protocol/record/record.ts'
import { ELSEWHERE } from '../protocol/build/route-match.ts'
import { publicUrl, WORKER_PATH } from '../protocol/wire.ts'
import { type BuildContext, withoutBasePath } from './build-context.ts'
import { toBuildKey } from './output/build-key.ts'
import { limitsOf, toBuildReport } from './report/build-report.ts'
import { classify, isServed } from './pages/classify.ts'
import { elsewhereEntry, leadsElsewhere } from './pages/elsewhere.ts'
import { type Candidate, collectCandidates, readShells } from './pages/collect.ts'
import { emit, emitUninstaller, hasWorker, removeEmitted } from './output/emit.ts'
import { findUnregistered } from './output/unregistered.ts'
import { requireBundlable } from './output/worker/bundle-worker.ts'
import { BuildStopped, type Problem, problems, tell } from './errors.ts'
import { hostProblems } from './host-problems.ts'
import { handedOverAdapter, handedOverOptions, noteAsked } from './config/options-registry.ts'
import { isWired, nameWorkerToRemove, wireWorker } from './config/next-config.ts'
import { type Settings, toSettings } from './config/options.ts'
import { registersItself, withRegistration } from './config/registration.ts'
import { completeBuild, extendConfig, type Extended, loadAdapter } from './config/other-adapter.ts'
import { copyWorker, isCopied, removePublicWorker } from './config/public-worker.ts'
import { ownPaths } from './pages/rules/own-paths.ts'
import { isUnstartable, toRecord, withinLimit } from './pages/records.ts'
import { formatLimits, formatRouteTable, formatSum } from './report/route-table.ts'
import { suggestVouching } from './report/vouching.ts'
import { findSegments, readSegments } from './pages/segments.ts'
import type { ShellCacheOptions } from './config/shell-cache-options.ts'
import { addToStandalone } from './output/standalone.ts'
import { withOwnFiles } from './output/static-files.ts'
import { bootScriptsOf } from './pages/offline/bootstrap-script.ts'
import { unknownNames } from './config/route-modes.ts'
import { isTooOld, unsupportedIn, unsupportedToUninstall } from './config/supported.ts'

/** The options of {@link createShellCacheAdapter}: those of `withShellCache()`, and another adapter. */
export type ShellCacheAdapterOptions = ShellCacheOptions & {
  /**
   * Another platform's adapter. Its `modifyConfig` runs before ours, and its `onBuildComplete` after ours, with our files in
   * `outputs.staticFiles`. `withShellCache()` does this automatically for an adapter that the app or its host names.
   */
  readonly extend?: NextAdapter
}

/**
 * The adapter, for your own file that `adapterPath` names.
 *
 * @param options - Those of `withShellCache()`, and the other adapter to run.
 */
export function createShellCacheAdapter({ extend, ...options }: ShellCacheAdapterOptions = {}): NextAdapter {
  const other = extend && { adapter: extend, path: undefined }
  return toAdapter(extend?.name, { options: () => options, other: async () => other })
}

/** The adapter that `withShellCache()` names, with the options and the other adapter that it hands over. */
const adapter: NextAdapter = toAdapter(undefined, {
  options: handedOverOptions,
  other: async (projectDir) => {
    const named = handedOverAdapter()
    return named && loadAdapter(named, projectDir)
  },
})
export default adapter

type HookContext = Parameters<NonNullable<NextAdapter['modifyConfig']>>[1]

/** Read in each hook, because Next loads the config, and hands over its values, more than once in a process. */
type Given = {
  readonly options: () => unknown
  readonly other: (projectDir: string) => Promise<Extended | undefined>
}

function toAdapter(otherName: string | undefined, given: Given): NextAdapter {
  /** Whether the other adapter already includes ours. Then it does our work. */
  let isInside = false
  return {
    name: otherName === undefined ? 'next-shell-cache' : `next-shell-cache + ${otherName}`,
    async modifyConfig(config, context) {
      noteAsked()
      const { settings, wrong } = toSettings(given.options())
      if (context.phase === PHASE_PRODUCTION_BUILD) wrong.forEach(tell)
      const other = await given.other(projectDirOf(context))
      if (!other) return changeConfig(config, context, settings)
      const extended = await extendConfig(other, config, context)
      isInside = context.phase === PHASE_PRODUCTION_BUILD && isWired(extended)
      return isInside
        ? declined(extended, hostProblems.adapterHasShellCache(other.adapter.name))
        : changeConfig(extended, context, settings)
    },
    async onBuildComplete(context) {
      const other = await given.other(context.projectDir)
      if (!isInside) {
        await writeShells(context, given.options())
        // Also without shells: `node --import next-shell-cache/register` starts the server, whatever the result of the build.
        await addToStandalone(context)
        await placePublicWorker(context, given.options())
      }
      if (other) await completeBuild(other, isInside ? context : await withOwnFiles(context, other.adapter.name))
    },
  }
}

async function changeConfig<Config extends NextConfig>(
  config: Config,
  context: HookContext,
  settings: Settings,
): Promise<Config> {
  const { phase, nextVersion } = context
  if (phase === PHASE_DEVELOPMENT_SERVER) {
    removePublicWorker(projectDirOf(context))
    return nameWorkerToRemove(withRegistration(config, projectDirOf(context), settings))
  }
  if (phase === PHASE_PRODUCTION_SERVER) {
    if (process.env['SHELL_CACHE_ROLLOUT'] && settings.rollout === undefined && settings.holdout === 0)
      tell(problems.unaskedRollout)
    if (!settings.uninstall) await attachOrigin(projectDirOf(context), config.distDir ?? '.next')
    return config
  }
  if (phase !== PHASE_PRODUCTION_BUILD) return config
  if (isTooOld(nextVersion)) return declined(config, problems.oldNext(nextVersion))
  const unsupported = settings.uninstall ? unsupportedToUninstall(config) : unsupportedIn(config)
  if (unsupported) return declined(config, unsupported)
  if (settings.worker !== undefined) requireBundlable(settings.worker, projectDirOf(context))
  // Without a key there are no shells either. Then this build removes from browsers what an older build stored.
  const uninstall = settings.uninstall || !toBuildKey(process.env['SHELL_CACHE_SECRET'])
  const wired = await wireWorker(config, projectDirOf(context), { ...settings, uninstall })
  return 'happened' in wired ? declined(config, wired) : withRegistration(wired, projectDirOf(context), settings)
}

function declined<Config extends NextConfig>(config: Config, problem: Problem): Config {
  tell(problem)
  return config
}

/** Next 16.2 does not name the folder, but `next` was started in it. */
function projectDirOf({ projectDir }: Partial<Pick<HookContext, 'projectDir'>>): string {
  return projectDir ?? process.cwd()
}

async function writeShells(context: BuildContext, options: unknown): Promise<void> {
  try {
    // With `cleanDistDir: false` the folder still holds the files of an older build.
    await removeEmitted(context.distDir)
    if (!isWired(context.config)) return
    if (!ownPaths(context).includes(WORKER_PATH)) tell(hostProblems.workerRuleMissing)
    const { settings } = toSettings(options)
    if (settings.uninstall) return await emitUninstaller(context, settings.worker)
    const key = toBuildKey(process.env['SHELL_CACHE_SECRET'])
    if (!key) {
      tell(problems.shortSecret)
      return await emitUninstaller(context, settings.worker)
    }
    const candidates = await collectCandidates(context)
    unknownNames(settings.routes, knownRoutes(candidates, context)).map(problems.unknownRoute).forEach(tell)
    const pages = classify(candidates, context, settings)
    const chosen = withinLimit(pages.filter(isServed), settings.maxConcretePages)
    const segments = findSegments(context, new Set(chosen.map(({ candidate }) => candidate.pathname)))
    const served = await readShells(chosen, (page) => readSegments(page, segments))
    const { postponedState: stateForm } = settings
    if (stateForm === 'raw') tell(problems.disclosed)
    const bootScripts = await bootScriptsOf(
      context,
      publicUrl(context.config.basePath, (await readPageScript('start-offline', SCRIPTS)).name),
    )
    const making = {
      buildId: context.buildId,
      basePath: context.config.basePath,
      key,
      madeAt: Date.now(),
      stateForm,
      bootScripts,
    }
    const records = served.map((page) => toRecord(page, making))
    const unstartable = records.filter(isUnstartable).map(({ record }) => record.key)
    if (unstartable.length > 0) tell(problems.notStartable(unstartable))
    if (!registersItself(context.config)) await tellOfUnregistered(records, context)
    const elsewhere = elsewhereEntry(pages, context, settings)
    const limits = limitsOf(pages, context.config)
    const report = { ...toBuildReport(context.buildId, pages, records, elsewhere), limits }
    const sum = await emit({ pages, served, records, key, settings, report }, context)
    const parts = [formatRouteTable(report), formatSum({ sum }), formatLimits(report), suggestVouching(report)]
    console.log(`\n${parts.filter((part) => part !== undefined).join('\n\n')}\n`)
  } catch (error) {
    if (error instanceof BuildStopped) throw error
    tell(problems.failed(error))
  }
}

async function tellOfUnregistered(records: readonly WholeRecord[], { distDir }: BuildContext): Promise<void> {
  const shells = records.map(({ record }) => record)
  const unregistered = await findUnregistered(shells, distDir)
  if (unregistered)
    tell(unregistered.isForgotten ? problems.noComponent : problems.withoutComponent(unregistered.pages))
}

/** Must run before another adapter deploys `public/`. */
async function placePublicWorker(context: BuildContext, options: unknown): Promise<void> {
  removePublicWorker(context.projectDir)
  if (hasWorker(context.distDir) && isCopied(toSettings(options).settings.publicWorker)) await copyWorker(context)
}

function knownRoutes(candidates: readonly Candidate[], context: BuildContext): ReadonlySet<string> {
  const { outputs, config } = context
  const pages = outputs.appPages.map(({ pathname }) => withoutBasePath(pathname, config.basePath))
  return new Set([...pages, ...candidates.map(({ key }) => key), ...(leadsElsewhere(context) ? [ELSEWHERE] : [])])
}
