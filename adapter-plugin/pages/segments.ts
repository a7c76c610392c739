// Reads the segments that Next's router fetches of a page, as the build prerendered them with the page's HTML. They are read in the same
// hook as the shells, and for the same reason: all must be of one render.

import { readFile } from 'node:fs/promises'

import { type Segments, WHOLE_PAYLOAD } from '../../protocol/record/record.ts'
import { type BuildContext, type Prerender, withoutBasePath } from '../build-context.ts'
import type { Served } from './classify.ts'

/** The files, by page and by Next's name of the segment. */
export type SegmentFiles = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Finds the segment files of these pages. @param pages - Their pathnames in the outputs, without `basePath`. */
export function findSegments({ outputs, config }: BuildContext, pages: ReadonlySet<string>): SegmentFiles {
  const found = new Map<string, Map<string, string>>()
  for (const output of outputs.prerenders) {
    const segment = readOutput(output, config.basePath)
    if (!segment || !pages.has(segment.page)) continue
    const files = found.get(segment.page) ?? new Map<string, string>()
    found.set(segment.page, files.set(segment.name, segment.file))
  }
  return found
}

/** `/cart.segments/_tree.segment.rsc`; Next calls the root page `/index` here. */
const OUTPUT = /^(.*)\.segments(\/.+)\.segment\.rsc$/

function readOutput(
  { pathname, fallback }: Prerender,
  basePath: string,
): { readonly page: string; readonly name: string; readonly file: string } | undefined {
  const [, page, name] = OUTPUT.exec(withoutBasePath(pathname, basePath)) ?? []
  const file = fallback?.filePath
  return page === undefined || name === undefined || file === undefined
    ? undefined
    : { page: page === '/index' ? '/' : page, name, file }
}

/**
 * Empty if one segment cannot be read, because an incomplete set would mislead the router. Empty for a guarded page, which is never shown
 * without a network. If a route of the app can intercept the page, only the payload from which its own document starts is read: what the
 * router gets depends on the page from which it navigates.
 */
export async function readSegments(
  { candidate, mode, isIntercepted }: Pick<Served, 'candidate' | 'mode' | 'isIntercepted'>,
  files: SegmentFiles,
): Promise<Segments> {
  const all = mode === 'gated' ? [] : [...(files.get(candidate.pathname) ?? [])]
  const wanted = isIntercepted ? all.filter(([name]) => name === WHOLE_PAYLOAD) : all
  try {
    return new Map(
      await Promise.all(wanted.map(async ([name, file]) => [name, new Uint8Array(await readFile(file))] as const)),
    )
  } catch {
    return new Map()
  }
}
