// Copies a standalone build to a folder from which no other package resolves, exactly as the last stage of examples/docker/Dockerfile
// copies and starts it.

import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { ROOT } from '../paths.ts'

const DOCKERFILE = readFileSync(join(ROOT, 'examples', 'docker', 'Dockerfile'), 'utf8')
const STAGE = DOCKERFILE.slice(DOCKERFILE.lastIndexOf('\nFROM '))
const [program = '', ...args]: string[] = JSON.parse(/^CMD (.+)$/m.exec(STAGE)?.[1] ?? '[]')

type Copied = { readonly from: string; readonly to: string }
export const COPIED: readonly Copied[] = [...STAGE.matchAll(/^COPY .*\s\/app\/(\S+) (\S+)$/gm)].map(
  ([, from = '', to = '']) => ({ from, to }),
)
export const PROGRAM: string = program
export const ARGS: string[] = args

/** @param root - Next's tracing root: the build keeps the app's path relative to it. @returns the server's folder in a fresh copy. */
export async function copyStandalone(
  app: string,
  root: string,
): Promise<AsyncDisposable & { readonly folder: string }> {
  const copy = await mkdtemp(join(tmpdir(), 'shell-cache-standalone-'))
  const folder = join(copy, relative(root, app))
  for (const { from, to } of COPIED) {
    const [source, target] = [join(app, from), to === './' ? copy : join(folder, to)]
    if (existsSync(source)) await cp(source, target, { recursive: true, verbatimSymlinks: true })
  }
  return { folder, [Symbol.asyncDispose]: () => rm(copy, { recursive: true, force: true }) }
}
