// Next's side of the house: its entrypoints, loaded as its own server loads them, and its compression. The one file that
// knows the shape of Next's modules. Called by app.ts and resume.ts.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { join, relative, resolve } from 'node:path'

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
      return loading
    },
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
  throw new Error(`${join(file)} exports no handler`)
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
