// The URLs of the app that this package answers itself, and the rules of next.config that it added for them (next-config.ts). They
// come back in the build's routing data beside the app's own rules, and no page is asked for there: they say nothing about a page.

import { INSPECTOR_PATH } from '../../../protocol/page/inspection.ts'
import { WORKER_PATH } from '../../../protocol/wire.ts'
import type { BuildContext } from '../../build-context.ts'

const OWN_PATHS = [WORKER_PATH, INSPECTOR_PATH]

type Rule = { readonly source?: string }

/** Rules without those for our own paths. A rule has the base path in its `source`. */
export function withoutOwn<Of extends Rule>(rules: readonly Of[], { config: { basePath } }: BuildContext): Of[] {
  return rules.filter(({ source }) => !OWN_PATHS.some((path) => source === basePath + path))
}

/** Those of our paths that this build answers, without `basePath`: a pattern of the app must not. */
export function ownPaths({ routing, config: { basePath } }: BuildContext): readonly string[] {
  return OWN_PATHS.filter((path) => routing.beforeFiles.some(({ source }) => source === basePath + path))
}
