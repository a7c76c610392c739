// Standalone output holds what Next's tracing found that a server needs. It cannot find what is written after it and is never
// imported: our records, and the origin that `node --import next-shell-cache/register` starts. They are added to the trace of
// Next's server, which Next reads again when it copies (`build/utils.js`, copyTracedFiles). Called by adapter.ts after emit.

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

import { isArrayOf, isObject, isString, parseJson } from '../protocol/json-shape.ts'
import { SERVER_FOLDER } from '../protocol/wire.ts'
import type { BuildContext } from './build-context.ts'
import { problems, tell } from './errors.ts'

const TRACE = 'next-server.js.nft.json'

/** What fails here costs the resumes of the standalone server, and is told; it never rejects. */
export async function addToStandalone({ config, distDir, projectDir }: BuildContext): Promise<void> {
  if (config.output !== 'standalone') return
  try {
    const traceFile = join(distDir, TRACE)
    const trace = parseJson(await readFile(traceFile, 'utf8'))
    if (!isObject(trace) || !isArrayOf(trace['files'], isString)) throw new Error(`${TRACE} is of another form`)
    const own = packageFolder(projectDir)
    const added = [
      ...(await filesOf(join(distDir, 'server', SERVER_FOLDER))),
      join(own, 'package.json'),
      ...(await filesOf(join(own, 'dist', 'node'))),
    ]
    const files = new Set([...trace['files'], ...added.map((file) => relative(distDir, file))])
    await writeFile(traceFile, JSON.stringify({ ...trace, files: [...files] }))
  } catch (error) {
    tell(problems.notStandalone(error))
  }
}

/** As the server will find it from the app's folder. */
function packageFolder(projectDir: string): string {
  return dirname(createRequire(join(projectDir, 'package.json')).resolve('next-shell-cache/package.json'))
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
