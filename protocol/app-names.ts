// What an app keeps in a browser is named by the app's scope: two apps on one origin (multi-zones, `basePath`) must never read, replace
// or delete what is the other's.

/** The names of one app's stores. */
export type AppNames = {
  /** The worker's database in IndexedDB. */
  readonly database: string
  /** The inspector's own, so that nothing of it touches the one that pages come from: visits, hits, what is simulated. */
  readonly inspector: string
  /** The `BroadcastChannel` on which the worker says that the inspector has something new to ask for. */
  readonly channel: string
  /** Prefix of the caches in Cache Storage; a build's id follows it. */
  readonly assets: string
}

/** @param scope - Of the app's worker: a URL, or a path on this origin. A slash at its end says nothing. */
export function namesOf(scope: string): AppNames {
  const app = scope.replace(/^\w+:\/\/[^/]*|\/$/g, '') || '/'
  return {
    database: `next-shell-cache:${app}`,
    inspector: `next-shell-cache-inspector:${app}`,
    channel: `next-shell-cache-inspector:${app}`,
    assets: `next-shell-cache:${app}:assets:`,
  }
}

/** What all apps of an origin shared before they had names of their own. */
export const FORMER = {
  database: 'next-shell-cache',
  inspector: 'next-shell-cache-inspector',
  assets: 'next-shell-cache:assets:',
} as const
