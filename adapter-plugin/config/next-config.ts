// What the adapter changes in the app's config: the worker's URL and its headers, and a constant that tells the client where the
// worker is. Without the constant there is no worker.

import { statSync } from 'node:fs'
import { join } from 'node:path'

import type { NextConfig } from 'next'

import { toEagerness } from '../../protocol/page/eagerness.ts'
import { INSPECTOR_FILE, INSPECTOR_PATH } from '../../protocol/page/inspection.ts'
import { formatShares } from '../../protocol/page/rollout.ts'
import { PUBLIC_FOLDER, publicUrl, WORKER_PATH } from '../../protocol/wire.ts'
import { readPageScript, SCRIPTS } from '../browser-scripts.ts'
import { type Problem, problems } from '../errors.ts'
import type { Settings } from './options.ts'
import { isOwnPublicWorker } from './public-worker.ts'

type Rewrites = Awaited<ReturnType<NonNullable<NextConfig['rewrites']>>>
type Headers = Awaited<ReturnType<NonNullable<NextConfig['headers']>>>

/** The constants that client/env.ts reads. */
const WORKER_URL_NAME = 'SHELL_CACHE_WORKER'
const REMOVAL_NAME = 'SHELL_CACHE_REMOVE'
const WATCH_NAME = 'SHELL_CACHE_WATCH'
const HOLES_NAME = 'SHELL_CACHE_HOLES'
const REPORT_NAME = 'SHELL_CACHE_REPORT'
const SPECULATION_NAME = 'SHELL_CACHE_SPECULATION'
const SPECULATES_NAME = 'SHELL_CACHE_SPECULATES'
const SHARES_NAME = 'SHELL_CACHE_SHARES'
const INSPECTED_NAME = 'SHELL_CACHE_INSPECTED'

/** Whether {@link wireWorker} was applied. The build emits only then. */
export function isWired(config: Pick<NextConfig, 'env'>): boolean {
  return config.env?.[WORKER_URL_NAME] !== undefined
}

/** There is no worker under `next dev`. The client learns where a production build's worker was, to remove it and what it stored. */
export function nameWorkerToRemove<Config extends NextConfig>(config: Config): Config {
  return withEnv(config, {
    [WORKER_URL_NAME]: workerUrl(config),
    [REMOVAL_NAME]: 'Development: every page comes from the server.',
  })
}

function workerUrl({ basePath = '' }: NextConfig): string {
  return basePath + WORKER_PATH
}

function withEnv<Config extends NextConfig>(config: Config, env: Record<string, string>): Config {
  return { ...config, env: { ...config.env, ...env } }
}

/** What the client does with the worker: registers it and watches over its pages, only registers it, or removes it. */
type ClientPart = 'watches' | 'registers' | 'removes'

/** If the shells are removed, the app's own worker stays. */
function partOf({ uninstall, worker }: Pick<Settings, 'uninstall' | 'worker'>): ClientPart {
  if (!uninstall) return 'watches'
  return worker === undefined ? 'removes' : 'registers'
}

/** The config with the worker at `{basePath}/sw.js`, and with the inspector if the build has one; or the problem that prevents it. */
export async function wireWorker<Config extends NextConfig>(
  config: Config,
  projectDir: string,
  settings: Pick<Settings, 'uninstall' | 'worker' | 'inspector' | 'rollout' | 'holdout' | 'speculate'>,
  scripts: string = SCRIPTS,
): Promise<Config | Problem> {
  const rewrites = toPhases(await config.rewrites?.())
  const taken = ownWorker(rewrites, projectDir)
  if (taken !== undefined) return problems.workerTaken(taken)
  const hasInspector = settings.inspector && !settings.uninstall
  const ours = [
    { source: WORKER_PATH, destination: `/_next/static/${PUBLIC_FOLDER}/sw.js` },
    ...(hasInspector
      ? [{ source: INSPECTOR_PATH, destination: `/_next/static/${PUBLIC_FOLDER}/${INSPECTOR_FILE}` }]
      : []),
  ]
  const headers = [
    ...((await config.headers?.()) ?? []),
    workerHeaders(config.basePath ?? ''),
    ...(hasInspector ? [{ source: INSPECTOR_PATH, headers: [NOT_KEPT] }] : []),
  ]
  const urlOf = async (name: 'watch' | 'holes' | 'report' | 'speculate'): Promise<string> =>
    publicUrl(config.basePath, (await readPageScript(name, scripts)).name)
  const env: Readonly<Record<ClientPart, Record<string, string>>> = {
    watches: {
      [WATCH_NAME]: await urlOf('watch'),
      [HOLES_NAME]: await urlOf('holes'),
      [REPORT_NAME]: await urlOf('report'),
      [SPECULATION_NAME]: await urlOf('speculate'),
      [SPECULATES_NAME]: toEagerness(settings.speculate) ?? '',
      [SHARES_NAME]: sharesOf(settings),
      [INSPECTED_NAME]: hasInspector ? '1' : '',
    },
    registers: {},
    removes: { [REMOVAL_NAME]: 'This build takes the shell cache away.' },
  }
  return {
    ...withEnv(config, { [WORKER_URL_NAME]: workerUrl(config), ...env[partOf(settings)] }),
    rewrites: async () => ({ ...rewrites, beforeFiles: [...ours, ...rewrites.beforeFiles] }),
    headers: async () => headers,
  }
}

/** Empty if every browser gets the worker. Then the client does not ask the server for shares. */
function sharesOf({ rollout, holdout }: Pick<Settings, 'rollout' | 'holdout'>): string {
  return rollout === undefined && holdout === 0 ? '' : formatShares({ rollout: rollout ?? 1, holdout })
}

/** The folder of a route handler. It would lose its URL to our rewrite, as a file of `public/` would. */
const OWN_ROUTES = ['app', join('src', 'app')].map((folder) => join(folder, WORKER_PATH))

/** What already answers the worker's URL. */
function ownWorker(rewrites: Phases, projectDir: string): string | undefined {
  const rules = [...rewrites.beforeFiles, ...rewrites.afterFiles, ...rewrites.fallback]
  if (rules.some((rule) => rule.source === WORKER_PATH)) return 'A rewrite of next.config'
  if (isOwnPublicWorker(projectDir)) return join('public', WORKER_PATH)
  // Only a folder is a route. A file there may be the source that the option `worker` names.
  return OWN_ROUTES.find((path) => statSync(join(projectDir, path), { throwIfNoEntry: false })?.isDirectory())
}

/** Without it, everything below `/_next/static` is cached for a year. */
const NOT_KEPT = { key: 'Cache-Control', value: 'no-cache' }

/**
 * Each update check must request the script again. Below a `basePath` the scope is widened by one character, from `/docs/` to `/docs`,
 * which is the app's own root page.
 */
function workerHeaders(basePath: string): Headers[number] {
  const scope = basePath === '' ? [] : [{ key: 'Service-Worker-Allowed', value: basePath }]
  return { source: WORKER_PATH, headers: [NOT_KEPT, ...scope] }
}

type Phases = { beforeFiles: Rewrite[]; afterFiles: Rewrite[]; fallback: Rewrite[] }
type Rewrite = Extract<Rewrites, readonly unknown[]>[number]

/** In Next, a plain list of rewrites is short for `afterFiles`. */
function toPhases(rewrites: Rewrites | undefined): Phases {
  if (!rewrites || Array.isArray(rewrites)) return { beforeFiles: [], afterFiles: rewrites ?? [], fallback: [] }
  const { beforeFiles = [], afterFiles = [], fallback = [] } = rewrites
  return { beforeFiles, afterFiles, fallback }
}
