// What `npm run test:hosts` knows of a host: what is installed beside the app, how the app is built there, how it is served.

import { join } from 'node:path'

import { WORK } from '../harness/paths.ts'
import type { RunningServer } from '../harness/servers/server.ts'

export type Host = {
  /** As docs/hosting.md calls it. */
  readonly title: string
  /** Whether our origin can run there. Where it cannot, `doctor` says of the default transport that it asks in vain. */
  readonly runsOrigin: boolean
  /** From the registry, installed into the app; their versions stand in the report. */
  readonly packages: readonly string[]
  /** What the app has in its config beside the one line, as docs/hosting.md says. */
  readonly config?: string
  /** Files that the host wants beside the app. */
  readonly files?: Readonly<Record<string, string>>
  /** The environment of `next build`, or what builds in its place. */
  readonly env?: (app: string) => Readonly<Record<string, string>>
  /** A program of the app's packages with its arguments; without one it is `next build`. */
  readonly build?: readonly string[]
  readonly start: (app: string) => Promise<RunningServer>
}

/** Where a host has its app, and what was seen of it. */
export function hostFolder(name: string): string {
  return join(WORK, 'hosts', name)
}
