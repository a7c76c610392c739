// The names of what an app stores in a browser. The app's scope is in them: two apps on one origin (multi-zones, `basePath`) must never
// read, replace or delete each other's data.

/** The names of one app's stores. */
export type AppNames = {
  /** The worker's database in IndexedDB. */
  readonly database: string
  /** The inspector's own database (visits, hits, what is simulated), so that it never touches the one that pages come from. */
  readonly inspector: string
  /** The `BroadcastChannel` on which the worker says that the inspector has something new to ask for. */
  readonly channel: string
  /** Prefix of the caches in Cache Storage; a build's id follows it. */
  readonly assets: string
}

/** @param scope - The scope of the app's worker: a URL, or a path on this origin. A slash at its end makes no difference. */
export function namesOf(scope: string): AppNames {
  const app = scope.replace(/^\w+:\/\/[^/]*|\/$/g, '') || '/'
  return {
    database: `next-shell-cache:${app}`,
    inspector: `next-shell-cache-inspector:${app}`,
    channel: `next-shell-cache-inspector:${app}`,
    assets: `next-shell-cache:${app}:assets:`,
  }
}

/** The names that all apps of an origin shared before each had names of its own. */
export const FORMER = {
  database: 'next-shell-cache',
  inspector: 'next-shell-cache-inspector',
  assets: 'next-shell-cache:assets:',
} as const
