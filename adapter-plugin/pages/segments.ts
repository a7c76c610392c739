// What Next's router fetches of a page, as the build prerendered it beside the page's HTML. Read in the same hook as the shells and
// for the same reason: of one render, or not at all.

import { readFile } from 'node:fs/promises'

import { type Segments, WHOLE_PAYLOAD } from '../../protocol/record/record.ts'
import { type BuildContext, type Prerender, withoutBasePath } from '../build-context.ts'
import type { Served } from './classify.ts'

/** By page, by Next's name of the segment: the file. */
export type SegmentFiles = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Where the segments of these pages lie. @param pages - Their pathnames, without `basePath`, as the outputs have them. */
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
 * None where one cannot be read: half of them would lead the router astray; none of a page that a guard stands before, which
 * no one is shown without a network. Of one that a route of the app can intercept there is what its own document starts from, and
 * nothing for the router, whose answers depend on where it comes from.
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
