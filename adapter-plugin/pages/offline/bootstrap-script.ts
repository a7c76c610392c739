// Finds out how this build's pages can be started without a resume. This is undocumented in Next, so it is read from the build's output:
// what starts a page, and whether we can hydrate from its payload. If something is not as expected, shells are not interactive without
// a network, and the build says so. Nothing else breaks.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import * as v from 'valibot'

import { toInitialPayload } from '../../../protocol/flight/flight-payload.ts'
import { parseJson } from '../../../protocol/json-shape.ts'
import { type Segments, WHOLE_PAYLOAD } from '../../../protocol/record/record.ts'
import { type Bootstrap, formatBootScript } from '../../../protocol/flight/bootstrap-script.ts'
import { bootstrapScript } from '../../../protocol/flight/inlined-payload.ts'
import { fromUtf8 } from '../../../protocol/utf8.ts'
import type { BuildContext } from '../../build-context.ts'
import type { Served } from '../classify.ts'
import type { WithShell } from '../collect.ts'
import { startsItself } from './self-start.ts'

/** The bootstrap script of a page, or undefined if it cannot have one. */
export type BootScripts = (
  page: Pick<WithShell<Served>, 'candidate' | 'shell'>,
  segments: Segments,
) => string | undefined

const BOOTSTRAP = v.record(v.string(), v.unknown())

/** The part of Next's build-manifest.json that is read. An invalid field counts as missing: a Webpack build has no bootstraps. */
const BUILD_MANIFEST = v.object({
  pagesChunkGroupBootstrapParams: v.fallback(v.record(v.string(), v.unknown()), {}),
  chunkLoadingGlobal: v.fallback(v.optional(v.string()), undefined),
  rootMainFiles: v.fallback(v.array(v.string()), []),
})

/** @param src - Path of the emitted client/page-scripts/start-offline.ts. */
export async function bootScriptsOf({ distDir, outputs }: BuildContext, src: string): Promise<BootScripts> {
  const read = (file: string): Promise<string> => readFile(join(distDir, file), 'utf8').catch(() => '')
  const manifest = v.safeParse(BUILD_MANIFEST, parseJson(await read('build-manifest.json')))
  if (!manifest.success) return () => undefined
  const { pagesChunkGroupBootstrapParams: params, chunkLoadingGlobal: global, rootMainFiles: files } = manifest.output
  const isStarted = startsItself(await Promise.all(files.map(read)))
  const filePaths = new Map(outputs.appPages.map(({ id, filePath }) => [id, filePath]))
  const bootstrapOf = (route: string): object | undefined => {
    const bootstrap = params[pageOf(filePaths.get(route) ?? '', distDir)]
    return v.is(BOOTSTRAP, bootstrap) ? bootstrap : undefined
  }
  return ({ candidate: { key, route, postponedState }, shell }, segments) => {
    if (postponedState === undefined || !isHydratable(segments, key)) return undefined
    const params = bootstrapOf(route)
    if (!params || global === undefined) return isStarted ? formatBootScript(src, undefined) : undefined
    const bootstrap = { global, params }
    return formatBootScript(src, hasBootstrap(shell, bootstrap) ? undefined : bootstrap)
  }
}

/** Whether a shell includes its own bootstrap, as in Next 16.4.0 to 16.4.3, and does not have to wait for it until the holes arrive. */
function hasBootstrap(shell: Uint8Array, bootstrap: Bootstrap): boolean {
  // React gives the tag an id.
  return fromUtf8(shell).includes(bootstrapScript(bootstrap).slice('<script'.length + 1))
}

/** Next's name for the page from which a file was built: `/(shop)/cart/page`. */
function pageOf(file: string, distDir: string): string {
  return file
    .slice(join(distDir, 'server', 'app').length)
    .replaceAll('\\', '/')
    .replace(/\.js$/, '')
}

/** Whether React can hydrate from the page's payload, for any path of the route. */
function isHydratable(segments: Segments, key: string): boolean {
  const payload = segments.get(WHOLE_PAYLOAD)
  const path = key.replaceAll(/\[+[^\]]*\]+/g, 'x')
  return payload !== undefined && toInitialPayload(payload, { key, path, query: [] }) !== undefined
}
