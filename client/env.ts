// What the adapter tells the client through Next's `env`. Next replaces both names when it builds the app, so each must be
// spelled out whole where it is read.

declare const process: { readonly env: { readonly SHELL_CACHE_WORKER?: string; readonly SHELL_CACHE_DEV?: string } }

/** The worker's path with `basePath`, or undefined where this build has no worker (the adapter said why). */
export function builtWorkerUrl(): string | undefined {
  return process.env.SHELL_CACHE_WORKER
}

/** True under `next dev`. (NODE_ENV is a constant here: Workbox's development branches fail on the server.) */
export function isDevelopment(): boolean {
  return process.env.SHELL_CACHE_DEV === '1'
}
