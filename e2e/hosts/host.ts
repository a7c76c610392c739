// What `npm run test:hosts` knows about a host: which packages it needs, how the app is built for it, how it is served.

import { join } from 'node:path'

import { WORK } from '../harness/paths.ts'
import type { RunningServer } from '../harness/servers/server.ts'

export type Host = {
  /** Its name in docs/hosting.md. */
  readonly title: string
  /** Whether our origin can run there. If not, `doctor` says that the default transport gets no resumes. */
  readonly runsOrigin: boolean
  /** Packages that are installed into the app from the registry; their versions are in the report. */
  readonly packages: readonly string[]
  /** More config for the app than the one line, as docs/hosting.md says. */
  readonly config?: string
  /** Files that the host needs in the app's folder. */
  readonly files?: Readonly<Record<string, string>>
  /** The environment of `build`. */
  readonly env?: (app: string) => Readonly<Record<string, string>>
  /** A program of the app's packages with its arguments. Default: `next build`. */
  readonly build?: readonly string[]
  readonly start: (app: string) => Promise<RunningServer>
}

/** The folder with a host's app and results. */
export function hostFolder(name: string): string {
  return join(WORK, 'hosts', name)
}
