// The messages for developers: what happened, what it means, what to do. If a problem concerns this package and not the app, the build
// continues, and the app works as without this package. An error in the app's own source stops the build, as Next would.

/** One message of three parts. */
export type Problem = { readonly happened: string; readonly means: string; readonly fix: string }

const NO_WORKER = 'Without it every visitor would lose what your worker does, so the build stops.'
export const OFF = 'The shell cache is off for this build, and the app works as without it.'

type Problems = {
  readonly noCacheComponents: Problem
  readonly staticExport: Problem
  readonly locales: Problem
  readonly appliedTwice: Problem
  readonly oldNext: (version: string) => Problem
  readonly workerTaken: (by: string) => Problem
  readonly workerMissing: (file: string, folder: string) => Problem
  readonly noBundler: (error: unknown) => Problem
  readonly workerBroken: (file: string, errors: string) => Problem
  readonly workerWithout: (file: string) => Problem
  readonly shortSecret: Problem
  readonly badOption: (what: string) => Problem
  readonly renamedOption: (name: string, today: string) => Problem
  readonly unknownOption: (name: string, closest: string | undefined) => Problem
  readonly halfOfNextResume: Problem
  readonly sharedOwnWorker: Problem
  readonly unaskedRollout: Problem
  readonly disclosed: Problem
  readonly unknownRoute: (pattern: string) => Problem
  readonly noOfflinePage: (path: string) => Problem
  readonly noCopies: (pattern: string) => Problem
  readonly notStartable: (paths: readonly string[]) => Problem
  readonly noComponent: Problem
  readonly withoutComponent: (paths: readonly string[]) => Problem
  readonly failed: (error: unknown) => Problem
  readonly unattached: (error: unknown) => Problem
  readonly notStandalone: (error: unknown) => Problem
}

export const problems: Problems = {
  noCacheComponents: {
    happened: '`cacheComponents` is not on in next.config.',
    means: `Without it Next prerenders no shells. ${OFF}`,
    fix: 'Set `cacheComponents: true`.',
  },
  staticExport: {
    happened: "`output: 'export'` leaves no server that could fill the holes of a shell.",
    means: OFF,
    fix: 'Remove `output` or withShellCache().',
  },
  locales: {
    happened: '`i18n` is set in next.config.',
    means: `The App Router does not support it, and it hides which pages a proxy guards. ${OFF}`,
    fix: 'Remove `i18n` and make the locale a part of the route, as in app/[lang].',
  },
  appliedTwice: {
    happened: 'withShellCache() was given a config that has the shell cache already.',
    means: 'The options of this call are used, and those of the earlier call are not.',
    fix: 'Call withShellCache() once.',
  },
  oldNext: (version) => ({
    happened: `Next ${version} is too old for next-shell-cache, which needs 16.2.5 or later.`,
    means: `Earlier releases have known vulnerabilities in the resume of shells (CVE-2026-44579). ${OFF}`,
    fix: 'Update next.',
  }),
  workerTaken: (by) => ({
    happened: `${by} already answers /sw.js.`,
    means: `Two workers cannot share a scope. ${OFF}`,
    fix: 'Remove it, or move its source, call installShellCache() from next-shell-cache/sw in it, and name it as the option `worker`.',
  }),
  workerMissing: (file, folder) => ({
    happened: `The option \`worker\` names ${file}, which does not exist.`,
    means: NO_WORKER,
    fix: `Write the path relative to ${folder}, or remove the option.`,
  }),
  noBundler: (error) => ({
    happened: `The option \`worker\` needs esbuild, which could not be loaded: ${firstLine(error)}.`,
    means: NO_WORKER,
    fix: 'Install it: `npm install --save-dev esbuild`.',
  }),
  workerBroken: (file, errors) => ({
    happened: `The worker ${file} could not be bundled:\n\n${errors}\n\n`,
    means: NO_WORKER,
    fix: 'Correct the errors.',
  }),
  workerWithout: (file) => ({
    happened: `The worker ${file} does not call installShellCache() from next-shell-cache/sw.`,
    means: `It would not answer any page from its shell. ${NO_WORKER}`,
    fix: 'Call it once, at the top level of the file: `installShellCache()`, or `installShellCacheRoutes()` for a router of your own.',
  }),
  shortSecret: {
    happened: 'SHELL_CACHE_SECRET is shorter than 32 characters.',
    means: `Its seals could be broken by guessing. ${OFF}`,
    fix: 'Set it to a random string, such as the output of `openssl rand -base64 32`.',
  },
  halfOfNextResume: {
    happened: "`transport: 'next-resume'` and `postponedState: 'raw'` were not set together.",
    means: 'Neither is used: states are sealed, and resumed by the origin of next-shell-cache.',
    fix: 'Set both if your platform implements Next’s resume protocol and you accept what this discloses. Otherwise set neither.',
  },
  sharedOwnWorker: {
    happened: '`rollout` or `holdout` is set together with `worker`.',
    means:
      'Neither is used. A browser that lost your worker would lose its push subscriptions, too, so every browser keeps the worker and its shells.',
    fix: 'Remove `rollout` and `holdout`, or roll out a build without `worker`.',
  },
  unaskedRollout: {
    happened: 'SHELL_CACHE_ROLLOUT is set, but the build has no `rollout`.',
    means: 'No browser asks for a share, so all of them get the worker.',
    fix: 'Add `rollout: 1` to the second argument of withShellCache(), build and deploy once; after that the variable decides.',
  },
  disclosed: {
    happened: "`postponedState: 'raw'` is set.",
    means:
      'The postponed state of every page is published unencrypted: bodies and headers of upstream responses, and all fields of cached results, shown or not.',
    fix: 'Keep secrets out of what pages fetch and cache, or remove the option.',
  },
  badOption: (what) => ({
    happened: what,
    means: 'The default is used instead.',
    fix: 'Correct the second argument of withShellCache().',
  }),
  renamedOption: (name, today) => ({
    happened: `The option \`${name}\` is now called ${today}.`,
    means: 'The old name still works in this minor version.',
    fix: 'Rename it in the second argument of withShellCache().',
  }),
  unknownOption: (name, closest) => ({
    happened: `There is no option \`${name}\`.`,
    means: 'It changes nothing.',
    fix:
      closest === undefined
        ? 'Remove it from the second argument of withShellCache().'
        : `Did you mean \`${closest}\`?`,
  }),
  unknownRoute: (pattern) => ({
    happened: `The option \`routes\` names ${pattern}, which is not a page of this app.`,
    means: 'It has no effect.',
    fix: 'Write the pattern as in the table of this build.',
  }),
  noCopies: (pattern) => ({
    happened: `The option \`offlineCopies\` names ${pattern}, which is not a route with \`instant\` pages.`,
    means: 'Nothing is kept for it. Guarded pages are never kept.',
    fix: 'Name a route that the table of this build shows as `instant`.',
  }),
  noOfflinePage: (path) => ({
    happened: `The option \`offline\` names ${path}, which is not stored in browsers.`,
    means: 'Visitors see a plain page instead.',
    fix: 'Name a page that the table of this build shows as `instant` and that has no parameters.',
  }),
  notStartable: (paths) => ({
    happened: `This package does not know how this release of Next starts some pages: ${listed(paths)}.`,
    means:
      'Without a network visitors can read their shells but not use them, and the pages reload when the server answers. Everything else works.',
    fix: 'Update next-shell-cache.',
  }),
  noComponent: {
    happened:
      'No page of this app registers the worker: this build cannot have Next do it, and no page has `<ShellCache />`.',
    means: 'No browser gets a shell, and the app works as without this package.',
    fix: 'Use Next 16.3 or later, or render `<ShellCache />` of next-shell-cache/react in the root layout, inside <body>.',
  },
  withoutComponent: (paths) => ({
    happened: `The shells of some pages have no \`<ShellCache />\`: ${listed(paths)}.`,
    means: 'These pages do not register the worker, and their holes do not fill when the network is back.',
    fix: 'Render it in each root layout, outside every <Suspense>.',
  }),
  failed: (error) => ({
    happened: `Shells could not be written: ${error instanceof Error ? error.message : String(error)}.`,
    means: OFF,
    fix: 'Make the build folder writable. If it is, report this in the repository of next-shell-cache.',
  }),
  notStandalone: (error) => ({
    happened: `The standalone output was not completed: ${error instanceof Error ? error.message : String(error)}.`,
    means: 'Its server cannot resume shells. Holes come with the whole document from the network instead.',
    fix: 'Copy `.next/server/shell-cache` and the package next-shell-cache into it.',
  }),
  unattached: (error) => ({
    happened: `The origin could not be started: ${error instanceof Error ? error.message : String(error)}.`,
    means: 'Holes come with the whole document from the network instead.',
    fix: 'Check that next-shell-cache is installed where `next start` runs.',
  }),
}

const told = new Set<string>()

/**
 * Prints a message once in a build, however often Next loads the config. Next's workers (`build/webpack-build`) load the config again,
 * each in its own process. They print nothing, because the build has already printed it.
 */
export function tell(problem: Problem): void {
  if (process.env['IS_NEXT_WORKER'] === 'true') return
  const message = textOf(problem)
  if (told.has(message)) return
  told.add(message)
  console.warn(message)
}

function textOf({ happened, means, fix }: Problem): string {
  return `[shell-cache] ${happened} ${means} ${fix}`
}

/** The first few paths, and how many more there are. */
function listed(paths: readonly string[]): string {
  const [first, more] = [paths.slice(0, 3).join(', '), paths.length - 3]
  return more > 0 ? `${first} and ${more} more` : first
}

/** Below the first line Node lists every file that it has required. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1).join()
}

/** Ends `next build`, because a source file of the app cannot be used. */
export class BuildStopped extends Error {
  override readonly name = 'BuildStopped'

  constructor(problem: Problem) {
    super(textOf(problem))
  }
}
