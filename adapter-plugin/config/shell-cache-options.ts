// What an app may say to withShellCache(). options.ts has the defaults, and says what is wrong.

import type { Mode } from '../../protocol/build/route-match.ts'
import type { Budget, Timeouts, Transport } from '../../protocol/build/worker-config.ts'

/** What an app may change; each has a default that fits most. */
export type ShellCacheOptions = {
  /**
   * How a route is served, by its pattern (`'/products/[slug]'`), in place of what the build would choose. A glob is for many:
   * `*` stands for any text in one segment, `**` at the end for any rest (`'/blog/**'` is also for `/blog`). An exact name wins over
   * a glob, a glob over those below it: `{ '/admin/**': 'gated', '/**': 'instant' }`. A dynamic route is taken only where the glob
   * takes all its paths. A glob is for the routes that you add later, too.
   *
   * `'gated'` keeps a route's shell out of public files and behind the server's word: for pages that something in front of Next
   * guards, a login of nginx or of an access gateway, which the build cannot see.
   *
   * `'instant'` on a route that a proxy, a redirect or a rewrite can match publishes its shell to everybody and shows it before
   * they are asked: say it only where they guard nothing. It does nothing where the headers depend on the request.
   *
   * @defaultValue `{}`: every route as the build's table says
   */
  readonly routes?: Readonly<Record<string, Mode>>
  /**
   * Bytes of the largest shell that is kept in browsers.
   *
   * @defaultValue 524288
   */
  readonly maxShellBytes?: number
  /**
   * How many concrete pages of dynamic routes are published to browsers; the others open from their route's fallback shell.
   *
   * @defaultValue 200
   */
  readonly maxConcretePages?: number
  /**
   * Bytes of scripts and styles that no shell refers to and that are kept all the same, the smallest first: code that a page
   * loads on demand, for pages that are still open when a deploy has taken it from the server.
   *
   * @defaultValue 2097152
   */
  readonly maxLazyAssetBytes?: number
  /**
   * How long the worker waits, in milliseconds: `store` for the visitor's database (then the page comes from the network), `offline`
   * for a network that does not answer (then a page that can start by itself does, and fills its holes when it answers), `response` for
   * the headers of what follows any other shell (then the next rung of the ladder), `idle` between two pieces of it (then the page
   * reloads itself once). Firefox ends a worker's stream after 60 seconds in which its page says nothing.
   *
   * @defaultValue `{ store: 50, offline: 4000, response: 10000, idle: 15000 }`
   */
  readonly timeouts?: Partial<Timeouts>
  /**
   * The most that a browser keeps of a site: `records` and their `bytes`, and the bytes of `images` that Next optimizes for stored
   * shells. The offline page always stays. Of other records what was visited stays longest, the last visit first, then pages without
   * parameters, then the shells of dynamic routes, then their pages. What would not stay is not downloaded.
   *
   * `install` is for the first visit after a build: the most that is downloaded behind the page, in bytes, compressed. The page that is
   * open and the offline page come first and in any case, then the others in the order above. What is left out is stored when it is
   * visited, or when Next prefetches a link to it. With Save-Data, or on a 2g connection, only those first two are downloaded.
   *
   * @defaultValue `{ records: 500, bytes: 26214400, images: 5242880 }`, and for `install` as many bytes as the open page itself has (its
   * shell, and the scripts, styles and fonts that the shell loads), at most 512000, with the worker's own script and manifest counted in
   */
  readonly budget?: Partial<Budget>
  /**
   * The page of the app that a visitor without a network gets in the place of those that are not stored, as a path without
   * `basePath`: one that was prerendered whole, or whose holes may stay open.
   *
   * @defaultValue a plain page that says so in English
   */
  readonly offline?: string
  /**
   * Whether a visitor without a network gets stored pages that are past their `expire`, too.
   *
   * @defaultValue `true`
   */
  readonly expiredOffline?: boolean
  /**
   * Routes, by pattern or glob as `routes` takes them, whose pages are kept as they were seen: without a network, a page of them that was
   * visited within a day opens whole, with what its holes showed this visitor then. What is personal in a page is then stored in the browser,
   * locked by the page's URL, until `purge()`. Guarded pages are never kept.
   *
   * @defaultValue `[]`: holes are not stored
   */
  readonly offlineCopies?: readonly string[]
  /**
   * Paths, without `basePath`, below which the worker looks at the answers to POST, PUT, PATCH and DELETE for the header
   * `shell-cache-invalidate: <path or tag>, …`. Server actions are looked at in any case. Name no endpoint that streams for
   * longer than half a minute: Firefox ends what passes through a worker then.
   *
   * @defaultValue `[]`
   */
  readonly invalidateOn?: readonly string[]
  /**
   * When a new build's worker takes over: `'immediate'`ly, or when the page says so (`'prompt'`, by `applyUpdate()` of the
   * client). Until then old shells meet a new server, and their pages come from the network.
   *
   * @defaultValue `'immediate'`
   */
  readonly update?: 'immediate' | 'prompt'
  /**
   * How the worker gets what follows a shell. `'prefix'` takes the whole document and skips the shell's bytes in it: for hosts
   * where nothing of ours can run; the server does the work of a whole page, and pages that a guard stands before are the
   * network's. `'next-resume'` is the protocol of Next's platform guide to the letter (the raw postponed state as the body of
   * a POST), for platforms that implement it themselves; it needs `postponedState: 'raw'`.
   *
   * @defaultValue `'auto'`: the origin that this package brings, else the network's whole document
   */
  readonly transport?: Transport
  /**
   * Whether the browser's navigation preload carries the request for the holes, where the browser can do without the worker for
   * everything else (Chromium): it leaves while the worker starts. Behind a host that does not pass the header
   * `service-worker-navigation-preload` on, the answer is the whole document, whose first bytes are skipped. Not with `transport:
   * 'next-resume'`. `false`: the worker asks when it runs, by POST.
   *
   * @defaultValue `true`
   */
  readonly preload?: boolean
  /**
   * Whether a page from the store is made interactive before its origin has answered: the worker sends the part of the page's payload that
   * no request changes together with the shell, and takes it out of what follows. Begins at the third visit to a URL (the second shows
   * what that part is), where Next says where it ends (16.3 and 16.4, built by
   * Turbopack). `false`: a page is painted at once, and interactive when its holes come.
   *
   * @defaultValue `true`
   */
  readonly earlyStart?: boolean
  /**
   * Whether the build has each page register the worker (Next 16.3 and later). `false`: the app does, by `<ShellCache />` of
   * next-shell-cache/react or by `registerShellCache()`, as where its worker lies at another path.
   *
   * @defaultValue `true`
   */
  readonly register?: boolean
  /**
   * What of a page's postponed state leaves the server. `'raw'` puts it into public files as it is: upstream responses and
   * their headers, all fields of cached results. It needs `transport: 'next-resume'`.
   *
   * @defaultValue `'sealed'`: only what the origin itself can open
   */
  readonly postponedState?: 'sealed' | 'raw'
  /**
   * Whether a server action that is sent from a page with a stored shell carries the shell's state, so that the page it
   * answers with is rendered from the same cached data.
   *
   * @defaultValue `false`: actions are Next's, untouched
   */
  readonly actions?: boolean
  /**
   * The source of a worker of the app's own, as a path from the project's folder (`'./app/sw.ts'`): bundled by esbuild, which the
   * app has to have installed, and served as the worker. It calls `installShellCache()` or `installShellCacheRoutes()` from
   * `next-shell-cache/sw`; beside that it may do what any worker may. A source that is missing or does not compile fails the build.
   *
   * @defaultValue the worker that this package brings
   */
  readonly worker?: string
  /**
   * Whether each build also writes the worker to `public/sw.js`, for hosts that serve no rewrite to a static file. The file is a
   * product of the build: have git ignore it. A build that does not write it, and `next dev`, remove it. `'auto'` writes it where the
   * tool of such a host runs the build: Netlify's, OpenNext's, Amplify's.
   *
   * @defaultValue `'auto'`
   */
  readonly publicWorker?: boolean | 'auto'
  /**
   * The part of all browsers that gets the worker, from 0 to 1 in steps of a thousandth. A browser draws its place once and keeps it:
   * a larger share adds browsers, a smaller one takes the worker and all that it stored out of those above it at their next page load.
   * `SHELL_CACHE_ROLLOUT` in the environment of the server sets another share without a build, where the build has this option: say
   * `1` to be able to. Not with `worker`.
   *
   * @defaultValue every browser, and none asks the server for a share
   */
  readonly rollout?: number
  /**
   * The part of all browsers that never gets the worker, whatever `rollout` says: what you compare the others with once they are all.
   * Not with `worker`.
   *
   * @defaultValue 0
   */
  readonly holdout?: number
  /**
   * Puts a page at `{basePath}/_shell-cache/inspector` that shows what this browser has stored, how its last navigations were answered
   * and why, and every option's effect; and lets it pretend that there is no network. Anyone who opens it sees the patterns of all pages
   * with their modes, and nothing of other visitors.
   *
   * @defaultValue `false`: neither page nor anything of it in the worker
   */
  readonly inspector?: boolean
  /**
   * Logs each navigation to the worker's console: how it was answered, why, and when.
   *
   * @defaultValue `false`
   */
  readonly debug?: boolean
  /**
   * Takes the shell cache out of every browser that has it: the build emits a worker that removes itself and all that it
   * stored, and the client registers none. A `worker` of the app's own stays: what it calls of ours removes what was stored.
   *
   * @defaultValue `false`
   */
  readonly uninstall?: boolean
  /** @deprecated The former name of {@link ShellCacheOptions.timeouts}, with `answer` for `response` and `silence` for `idle`. */
  readonly deadlines?: Partial<Timeouts>
  /** @deprecated The former name of {@link ShellCacheOptions.invalidateOn}. */
  readonly observe?: readonly string[]
}
