// Our files in the list that an adapter deploys. Next makes that list before any adapter runs, of what lies in the build folder then:
//
//   must name every file that browsers ask us for, at its URL, and no other of ours;
//   must drop what an older build left there, which is gone by now: an adapter would fail on it.

import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'

import { INSPECTOR_FILE, INSPECTOR_PATH } from '../../protocol/page/inspection.ts'
import { PUBLIC_FOLDER, publicUrl, WORKER_PATH } from '../../protocol/wire.ts'
import { type BuildContext, type StaticFile, toStaticFile } from '../build-context.ts'
import { tell } from '../errors.ts'
import { hostProblems } from '../host-problems.ts'

/**
 * The context with our files in its list, for an adapter that is named. What Next gave stays as it is, so a frozen list is no obstacle.
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

/** Not every host leads a rewrite to a file: what has a path of its own stands there as well. */
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
