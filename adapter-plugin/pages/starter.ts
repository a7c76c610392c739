// How this build's pages are started without a resume: Next's bootstrap of each page, and whether this release of Next has what
// our script rests on (protocol/starter.ts). All of it is Next's own and undocumented: what is not as expected costs the
// interactivity of shells without a network, nothing else. Called by adapter.ts.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { isArrayOf, isObject, isString, type JsonObject, parseJson } from '../../protocol/json-shape.ts'
import { type Segments, WHOLE_PAYLOAD } from '../../protocol/record.ts'
import { formatStarter } from '../../protocol/starter.ts'
import type { BuildContext } from '../build-context.ts'
import type { Served } from './classify.ts'

/** The starter of a page, or undefined where it cannot have one. */
export type Starters = (page: Pick<Served, 'candidate'>, segments: Segments) => string | undefined

/** Where Next's client looks for a payload that did not come with the document (`client/app-index.js`). */
const RESUME_GLOBAL = '__NEXT_CLIENT_RESUME'

/** @param src - Path of client/start-offline.ts as it is emitted. */
export async function startersOf({ distDir, outputs }: BuildContext, src: string): Promise<Starters> {
  const manifest = parseJson(await readFile(join(distDir, 'build-manifest.json'), 'utf8').catch(() => ''))
  const { pagesChunkGroupBootstrapParams: params, chunkLoadingGlobal: global } = isObject(manifest) ? manifest : {}
  // Webpack has neither: there React starts by itself.
  if (!isObject(manifest) || !isObject(params) || !isString(global)) return () => undefined
  if (!(await looksForPayload(manifest, distDir))) return () => undefined
  const own = new Map(outputs.appPages.map(({ id, filePath }) => [id, params[pageOf(filePath, distDir)]]))
  return ({ candidate }, segments) => {
    const bootstrap = own.get(candidate.route)
    const canStart = isObject(bootstrap) && candidate.postponedState !== undefined && segments.has(WHOLE_PAYLOAD)
    return canStart ? formatStarter(src, { global, params: bootstrap }) : undefined
  }
}

/** Next's name of the page that a file was built from: `/(shop)/cart/page`. */
function pageOf(file: string, distDir: string): string {
  return file
    .slice(join(distDir, 'server', 'app').length)
    .replaceAll('\\', '/')
    .replace(/\.js$/, '')
}

async function looksForPayload({ rootMainFiles }: JsonObject, distDir: string): Promise<boolean> {
  const files = isArrayOf(rootMainFiles, isString) ? rootMainFiles : []
  const scripts = await Promise.all(files.map((file) => readFile(join(distDir, file), 'utf8').catch(() => '')))
  return scripts.some((script) => script.includes(RESUME_GLOBAL))
}
