// Puts our files into the list that an adapter deploys. Next makes this list from the build folder before any adapter runs:
//
//   must name every file of ours that browsers request, at its URL, and no other of ours;
//   must drop files that an older build left there: they are gone by now, and an adapter would fail on them.

import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'

import { INSPECTOR_FILE, INSPECTOR_PATH } from '../../protocol/page/inspection.ts'
import { PUBLIC_FOLDER, publicUrl, WORKER_PATH } from '../../protocol/wire.ts'
import { type BuildContext, type StaticFile, toStaticFile } from '../build-context.ts'
import { tell } from '../errors.ts'
import { hostProblems } from '../host-problems.ts'

/**
 * The context with our files in its list, for the named adapter. Next's own list stays unchanged, because it may be frozen.
 */
export async function withOwnFiles(context: BuildContext, adapterName: string): Promise<BuildContext> {
  const { distDir, outputs, config } = context
  const folder = join(distDir, 'static', PUBLIC_FOLDER)
  const names = await readdir(folder).catch(() => [])
  const listed: unknown = outputs.staticFiles
  if (!Array.isArray(listed)) {
    if (names.length > 0) tell(hostProblems.noStaticFiles(adapterName))
    return context
  }
  const others = outputs.staticFiles.filter(({ filePath }) => !filePath.startsWith(folder + sep))
  const own = names.flatMap((name) => toStaticFiles(name, folder, config.basePath))
  return { ...context, outputs: { ...outputs, staticFiles: [...others, ...own] } }
}

/** Not every host can rewrite to a file, so a file with a path of its own is also listed at that path. */
const OWN_PATHS: Readonly<Record<string, string>> = {
  [WORKER_PATH.slice(1)]: WORKER_PATH,
  [INSPECTOR_FILE]: INSPECTOR_PATH,
}

function toStaticFiles(name: string, folder: string, basePath: string): readonly StaticFile[] {
  const filePath = join(folder, name)
  const file = toStaticFile({
    id: join('static', PUBLIC_FOLDER, name),
    pathname: publicUrl(basePath, name),
    filePath,
  })
  const own = OWN_PATHS[name]
  if (own === undefined) return [file]
  return [file, toStaticFile({ id: own.slice(1), pathname: basePath + own, filePath })]
}
