// The options of withShellCache(). options.ts has the defaults and reports what is wrong.

import type { Mode } from '../../protocol/build/route-match.ts'
import type { Eagerness } from '../../protocol/page/eagerness.ts'
import type { Budget, Timeouts, Transport } from '../../protocol/build/worker-config.ts'

/** What an app can change. Each option has a default that fits most apps. */
export type ShellCacheOptions = {
  /**
   * How a route is served, by its pattern (`'/products/[slug]'`), instead of what the build would choose. A glob covers many routes,
   * including those that you add later. `*` stands for any text in one segment, `**` at the end for any rest (`'/blog/**'` also covers
   * `/blog`). An exact name wins over a glob, and a glob over those listed after it: `{ '/admin/**': 'gated', '/**': 'instant' }`. A
   * glob covers a dynamic route only if it matches all its paths.
   *
   * `'gated'` keeps a route's shell out of public files, and shows it only after the server has let the visitor through. Use it for
   * pages that something in front of Next guards, which the build cannot see: a login of nginx or of an access gateway.
   *
   * `'instant'` on a route that a proxy, a redirect or a rewrite can match publishes its shell to everybody, and shows it before they
   * are asked. Use it only if they guard nothing. It has no effect if the headers depend on the request.
   *
   * @defaultValue `{}`: every route as the build's table says
   */
  readonly routes?: Readonly<Record<string, Mode>>
  /**
   * The largest shell that browsers keep, in bytes.
   *
   * @defaultValue 524288
   */
  readonly maxShellBytes?: number
  /**
   * How many concrete pages of dynamic routes are published to browsers. The others open from their route's fallback
   * shell, or, if it has none, each once it was visited.
   *
   * @defaultValue 200
   */
  readonly maxConcretePages?: number
  /**
   * How many bytes of scripts and styles to keep that no shell refers to, the smallest first. Pages load such code on demand. It is kept
   * for pages that are still open when a deploy removes it from the server.
   *
   * @defaultValue 2097152
   */
  readonly maxLazyAssetBytes?: number
  /**
   * How long the worker waits, in milliseconds. `store` is for the visitor's database; after it the page comes from the network.
   * `offline` is for a network that does not answer; after it a page that can start by itself does so. Its holes fill when the network
   * answers. `response` is for the headers of what follows any other shell; after it comes the next rung of the ladder. `idle`
   * is the longest pause between two chunks of what follows; after it the page reloads itself once. Firefox ends a worker's
   * stream after 60 seconds without a message from its page.
   *
   * @defaultValue `{ store: 50, offline: 4000, response: 10000, idle: 15000 }`
   */
  readonly timeouts?: Partial<Timeouts>
  /**
   * The most that a browser keeps of a site: `records` and their `bytes`, and the bytes of `images` that Next optimizes for stored
   * shells. The offline page always stays. Visited records stay longest, the last visit first. Then come pages without parameters, then
   * the shells of dynamic routes, then their pages. What would not stay is not downloaded.
   *
   * `install` limits what the first visit after a build downloads in the background, in compressed bytes. The open page and the offline
   * page are always downloaded, and come first. The others follow in the order above. What is left out is stored when it is visited, or
   * when Next prefetches a link to it. With Save-Data, or on a 2g connection, only the first two are downloaded.
   *
   * @defaultValue `{ records: 500, bytes: 26214400, images: 5242880 }`, and for `install` as many bytes as the open page itself has, at
   * most 512000. The page is its shell and the scripts, styles and fonts that the shell loads. The worker's own script and manifest count,
   * too
   */
  readonly budget?: Partial<Budget>
  /**
   * Your page to show without a network instead of pages that are not stored. A path without `basePath`. The page must be prerendered
   * completely, or have holes that may stay open.
   *
   * @defaultValue a plain page that says so in English
   */
  readonly offline?: string
  /**
   * Whether stored pages that are past their `expire` are also shown without a network.
   *
   * @defaultValue `true`
   */
  readonly expiredOffline?: boolean
  /**
   * Routes, by pattern or glob as in `routes`, whose pages are kept as they were last seen. Without a network a page that was visited
   * within a day opens whole, with what its holes showed this visitor then. Personal content of the page is then stored in the browser,
   * encrypted by the page's URL, until `purge()`. Guarded pages are never kept.
   *
   * @defaultValue `[]`: holes are not stored
   */
  readonly offlineCopies?: readonly string[]
  /**
   * Whether the holes of a page of `offlineCopies` show what they showed at its last visit while the network is slow: after 400 ms without
   * a byte of what follows the shell, until that arrives. This old content is not hydrated and has the attribute `data-shell-cache-stale`
   * (its age in seconds), which you can style. Holes with forms, buttons or other interactive elements stay as they are.
   *
   * @defaultValue `false`
   */
  readonly staleHoles?: boolean
  /**
   * Paths, without `basePath`, below which the worker reads the responses to POST, PUT, PATCH and DELETE for the header
   * `shell-cache-invalidate: <path or tag>, …`. It always reads those of server actions. Do not name endpoints that stream for longer
   * than half a minute, because Firefox then cuts off what passes through a worker.
   *
   * @defaultValue `[]`
   */
  readonly invalidateOn?: readonly string[]
  /**
   * When a new build's worker takes over: `'immediate'`ly, or when the page says so (`'prompt'`, by `applyUpdate()` of the client).
   * Until then old shells meet a new server, and their pages come from the network.
   *
   * @defaultValue `'immediate'`
   */
  readonly update?: 'immediate' | 'prompt'
  /**
   * How the worker gets the bytes that follow a shell. `'prefix'` takes the whole document and skips the shell's bytes in it, for hosts
   * where nothing of ours can run. The server then renders whole pages, and pages behind a guard come from the network. The new shell of
   * a page that has changed is learned from its responses with and without cookies. `'next-resume'`
   * is the protocol of Next's platform guide, for platforms that implement it themselves: the raw postponed state is the body of a POST.
   * It needs `postponedState: 'raw'`.
   *
   * @defaultValue `'auto'`: the origin of this package, or otherwise the network's whole document
   */
  readonly transport?: Transport
  /**
   * Whether the browser's navigation preload carries the request for the holes while the worker starts. It is used if the browser
   * needs the worker for nothing else (Chromium). If a host does not pass on the header `service-worker-navigation-preload`, the
   * response is the whole document, and its first bytes are skipped. Not with `transport: 'next-resume'`. With `false` the worker sends
   * the request by POST when it runs.
   *
   * @defaultValue `true`
   */
  readonly preload?: boolean
  /**
   * Whether a page from the store is interactive before its origin has answered. The worker sends the part of the page's payload that no
   * request changes together with the shell, and removes it from what follows. This begins at the third visit to a URL, because the
   * second shows what that part is. Next must say where the part ends (16.4, built by Turbopack). With `false` a page is
   * painted immediately, and interactive when its holes arrive.
   *
   * @defaultValue `true`
   */
  readonly earlyStart?: boolean
  /**
   * Whether the build makes a compression dictionary of its shells (RFC 9842). From the second page on that a browser opens from its shell,
   * what follows a shell has less than half of its compressed bytes. Used if the browser has compression dictionaries and navigation
   * preload (Chromium), and the server runs on Node 22.19, 24.6 or later. Otherwise your server compresses as always.
   *
   * @defaultValue `true`
   */
  readonly dictionary?: boolean
  /**
   * Whether the build makes each page register the worker (Next 16.3 and later). With `false` your code does it, with `<ShellCache />`
   * of next-shell-cache/react or `registerShellCache()`. You need `false` if your worker is at another path.
   *
   * @defaultValue `true`
   */
  readonly register?: boolean
  /**
   * Whether the browser prepares pages that visitors are about to open: a link to a stored `instant` page that is pointed at is prerendered
   * by speculation rules, and a click shows it with its holes filled. This works for plain links and other full navigations, not for
   * Next's `<Link>`. The server also renders the holes of pages that are then not opened. It is not done for guarded pages, for links with
   * a query, with `download`, `rel="nofollow"` or `data-no-speculation`, with Save-Data, or while the server is overloaded.
   * `<ShellCache speculate />` and `registerShellCache({ speculate: true })` do the same.
   *
   * `'eager'` prepares the page as soon as the pointer touches its link, `'conservative'` only when the link is pressed. `true` is
   * `'moderate'`: when the pointer has rested on it.
   *
   * @defaultValue `false`
   */
  readonly speculate?: boolean | Eagerness
  /**
   * The form in which a page's postponed state leaves the server. `'raw'` publishes it unencrypted: upstream responses and their headers,
   * and all fields of cached results. It needs `transport: 'next-resume'`.
   *
   * @defaultValue `'sealed'`: only what the origin itself can open
   */
  readonly postponedState?: 'sealed' | 'raw'
  /**
   * Whether a server action sent from a page with a stored shell carries the shell's state. The page in its response is then rendered
   * from the same cached data.
   *
   * @defaultValue `false`: actions are Next's, untouched
   */
  readonly actions?: boolean
  /**
   * The source of your own worker, as a path from the project's folder (`'./app/sw.ts'`). Your app's own esbuild bundles it, and it is
   * served as the worker. It calls `installShellCache()` or `installShellCacheRoutes()` from
   * `next-shell-cache/sw`, and may do whatever else a worker can do. A source that is missing or does not compile fails the build.
   *
   * @defaultValue the worker of this package
   */
  readonly worker?: string
  /**
   * Whether each build also writes the worker to `public/sw.js`, for hosts that cannot rewrite to a static file. The build makes this
   * file, so add it to .gitignore. A build that does not write it removes it, and so does `next dev`. `'auto'` writes it if the tool of
   * such a host runs the build: Netlify's, OpenNext's, Amplify's.
   *
   * @defaultValue `'auto'`
   */
  readonly publicWorker?: boolean | 'auto'
  /**
   * The share of browsers that get the worker, from 0 to 1 in steps of a thousandth. A browser draws its place once and keeps it. A
   * larger share adds browsers. A smaller one removes the worker and everything that it stored from those above it, at their next page
   * load. `SHELL_CACHE_ROLLOUT` in the environment of the server sets another share without a build. The build must have this option for
   * that; `1` is enough. Not with `worker`.
   *
   * @defaultValue every browser, and none asks the server for a share
   */
  readonly rollout?: number
  /**
   * The share of browsers that never get the worker, whatever `rollout` says, to compare the others with once all of them have it. Not
   * with `worker`.
   *
   * @defaultValue 0
   */
  readonly holdout?: number
  /**
   * Adds a page at `{basePath}/_shell-cache/inspector`. It shows what this browser has stored, how its last navigations were answered
   * and why, and every option's effect. It can also simulate a lost network. Anyone who opens it sees the patterns of all pages with
   * their modes, but nothing about other visitors.
   *
   * @defaultValue `false`: no such page, and nothing of it in the worker
   */
  readonly inspector?: boolean
  /**
   * Logs each navigation to the worker's console: how it was answered, why, and when.
   *
   * @defaultValue `false`
   */
  readonly debug?: boolean
  /**
   * Removes the shell cache from every browser that has it. The build writes a worker that removes itself and everything that it stored,
   * and the client registers none. A `worker` of your own stays, and its calls into this package remove what was stored.
   *
   * @defaultValue `false`
   */
  readonly uninstall?: boolean
  /** @deprecated The former name of {@link ShellCacheOptions.timeouts}, with `answer` for `response` and `silence` for `idle`. */
  readonly deadlines?: Partial<Timeouts>
  /** @deprecated The former name of {@link ShellCacheOptions.invalidateOn}. */
  readonly observe?: readonly string[]
}
