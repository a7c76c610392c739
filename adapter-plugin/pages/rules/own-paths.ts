// Knows the URLs of the app that this package answers itself, and the rules of next.config that it added for them (next-config.ts).
// The build's routing data lists them with the app's own rules, but no page is at these URLs, so they must not affect any page.

import { INSPECTOR_PATH } from '../../../protocol/page/inspection.ts'
import { WORKER_PATH } from '../../../protocol/wire.ts'
import type { BuildContext } from '../../build-context.ts'

const OWN_PATHS = [WORKER_PATH, INSPECTOR_PATH]

type Rule = { readonly source?: string }

/** The rules that are not for our own paths. A rule's `source` includes the base path. */
export function withoutOwn<Of extends Rule>(rules: readonly Of[], { config: { basePath } }: BuildContext): Of[] {
  return rules.filter(({ source }) => !OWN_PATHS.some((path) => source === basePath + path))
}

/** Our paths that this build answers, without `basePath`. A pattern of the app must not answer them. */
export function ownPaths({ routing, config: { basePath } }: BuildContext): readonly string[] {
  return OWN_PATHS.filter((path) => routing.beforeFiles.some(({ source }) => source === basePath + path))
}
