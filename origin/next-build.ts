// Next's side of the house: its entrypoints, loaded as its own server loads them, and its compression. The one file that
// knows the shape of Next's modules. Called by app.ts and resume.ts.

import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { join, relative, resolve } from 'node:path'

import { isObject, isString, parseJson } from '../protocol/json-shape.ts'
import type { AppLocation } from './app.ts'

/** What an entrypoint of Next exports (`build/templates/app-page-runtime.js`). */
export type Entrypoint = (
  request: IncomingMessage,
  response: ServerResponse,
  context: { readonly waitUntil: (work: Promise<unknown>) => void; readonly requestMeta: object },
) => Promise<unknown>

type Compress = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export type NextBuild = {
  /** @param file - Relative to `<distDir>`. Rejects where there is no such entrypoint. */
  readonly loadEntrypoint: (file: string) => Promise<Entrypoint>
  /** Compresses what follows as Next would compress the document; does nothing where Next would not. */
  readonly compress: Compress
  /** Whether Next writes this visitor's metadata into the head of the document, and so sends one that begins with no shell. */
  readonly isLimitedBot: (userAgent: string) => boolean
  /** Next's own name for the app's folder, relative to the working directory of the process. */
  readonly relativeProjectDir: string
}

export function openNextBuild({ dir, distDir }: AppLocation, compress: boolean): NextBuild {
  const appRequire = createRequire(resolve(dir, 'package.json'))
  const loaded = new Map<string, Promise<Entrypoint>>()
  return {
    loadEntrypoint(file) {
      const loading = loaded.get(file) ?? loadEntrypoint(appRequire, resolve(dir, distDir, file))
      loaded.set(file, loading)
      // What failed once, for want of a file handle say, is tried again.
      loading.catch(() => loaded.delete(file))
      return loading
    },
    isLimitedBot: readLimitedBots(resolve(dir, distDir)),
    compress: compress ? loadCompression(appRequire) : () => {},
    relativeProjectDir: relative(process.cwd(), resolve(dir)),
  }
}

async function loadEntrypoint(appRequire: NodeJS.Require, file: string): Promise<Entrypoint> {
  // Without it AsyncLocalStorage is missing from the global scope, as in a process that is not `next start` (facts.md).
  appRequire('next/dist/build/adapter/setup-node-env.external.js')
  const module: unknown = await appRequire(file)
  const handler = typeof module === 'object' && module !== null && 'handler' in module ? module.handler : undefined
  if (typeof handler === 'function') return (request, response, context) => handler(request, response, context)
  throw new Error(`${file} exports no handler`)
}

/** Next's own copy of `compression`: the same negotiation, and a flush after each chunk. */
function loadCompression(appRequire: NodeJS.Require): Compress {
  try {
    const create: unknown = appRequire('next/dist/compiled/compression')
    const compress: unknown = typeof create === 'function' ? create() : undefined
    return typeof compress === 'function' ? (request, response, next) => compress(request, response, next) : () => {}
  } catch {
    return () => {}
  }
}

/** By Next's option `htmlLimitedBots`, which the build filled with its default and wrote down. */
function readLimitedBots(distFolder: string): (userAgent: string) => boolean {
  try {
    const files = parseJson(readFileSync(join(distFolder, 'required-server-files.json'), 'utf8'))
    const config = isObject(files) ? files['config'] : undefined
    const source = isObject(config) ? config['htmlLimitedBots'] : undefined
    const bots = isString(source) ? new RegExp(source, 'i') : undefined
    return (userAgent) => bots?.test(userAgent) ?? false
  } catch {
    return () => false
  }
}
