// Adds our files to the standalone output, which holds what Next's tracing found. Tracing cannot find files that are written later and
// never imported: our records, and the origin that `node --import next-shell-cache/register` starts. They are added to the trace of
// Next's server, which Next reads again when it copies (`build/utils.js`, copyTracedFiles).

import { existsSync } from 'node:fs'
import { lstat, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

import * as v from 'valibot'

import { parseJson } from '../../protocol/json-shape.ts'
import { SERVER_FOLDER } from '../../protocol/wire.ts'
import type { BuildContext } from '../build-context.ts'
import { problems, tell } from '../errors.ts'

const TRACE = 'next-server.js.nft.json'
const NAME = 'next-shell-cache'

/** The part of one of Next's traces that is read. Everything else in it is written back unchanged. */
const NEXT_TRACE = v.looseObject({ files: v.array(v.string()), symlinks: v.exactOptional(v.array(v.unknown())) })
type Trace = v.InferOutput<typeof NEXT_TRACE>

/** Never rejects. A failure is reported, and costs only the resumes of the standalone server. */
export async function addToStandalone({ config, distDir, projectDir }: BuildContext): Promise<void> {
  if (config.output !== 'standalone') return
  try {
    const traceFile = join(distDir, TRACE)
    const read = v.safeParse(NEXT_TRACE, parseJson(await readFile(traceFile, 'utf8')))
    if (!read.success) throw new Error(`${TRACE} is of another form`)
    const trace = read.output
    const { folder, link } = await findPackage(projectDir)
    const added = [
      ...(await filesOf(join(distDir, 'server', SERVER_FOLDER))),
      join(folder, 'package.json'),
      ...(await filesOf(join(folder, 'dist', 'node'))),
    ].map((file) => relative(distDir, file))
    const files = [...new Set([...trace.files, ...added])]
    const whole =
      link === undefined
        ? { files }
        : withLink(trace, files, { at: relative(distDir, link), to: relative(distDir, folder) })
    await writeFile(traceFile, JSON.stringify({ ...trace, ...whole }))
  } catch (error) {
    tell(problems.notStandalone(error))
  }
}

type Package = { readonly folder: string; readonly link: string | undefined }

/** As the server will find it from the app's folder: in place, or (pnpm, npm with `install-strategy=linked`) through a link. */
async function findPackage(projectDir: string): Promise<Package> {
  const { resolve } = createRequire(join(projectDir, 'package.json'))
  const folder = dirname(resolve(`${NAME}/package.json`))
  const places = (resolve.paths(NAME) ?? []).map((modules) => join(modules, NAME))
  const place = places.find((path) => existsSync(path))
  const isLink = place !== undefined && (await lstat(place)).isSymbolicLink()
  return { folder, link: isLink ? place : undefined }
}

/** Paths as in the trace: relative to the build's folder. */
type Link = { readonly at: string; readonly to: string }

/**
 * Next stores a link as its index in `files` and its target, in the order of the files. If a trace stores no links, Next checks each file
 * when it copies (`build/nft.js`, mapNftFileEntries).
 */
function withLink({ symlinks }: Trace, files: string[], { at, to }: Link): Partial<Trace> {
  if (files.includes(at)) return { files }
  const noted = symlinks ? { symlinks: [...symlinks, [files.length, to]] } : {}
  return { files: [...files, at], ...noted }
}

/** Empty without a folder: a build without shells has no records. */
async function filesOf(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
