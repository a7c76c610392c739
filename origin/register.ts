/**
 * `node --import next-shell-cache/register server.js` puts the origin in front of a server that does not load `next.config`, as
 * standalone output does. In plain `next start` the adapter imports it and names the app.
 *
 * @packageDocumentation
 */

import * as v from 'valibot'

import { parseJson } from '../protocol/json-shape.ts'
import { attachToServers } from './attach.ts'
import { createOrigin, type Origin } from './index.ts'

/** Kept on the global object: the entry may be loaded twice, by `--import` and by the adapter, from two places. */
type Slot = { origin: Origin | undefined }
const SLOT = Symbol.for('next-shell-cache.origin')

/** Which app a process serves. */
export type AttachOptions = {
  /** The folder of the app's `next.config`. */
  readonly dir: string
  /** Next's option of the same name, relative to `dir`. */
  readonly distDir: string
}

/** Answers resumes for this app on every HTTP server of the process. A later call names another app. */
export function attachShellCache(app: AttachOptions): void {
  slot().origin = createOrigin(app)
}

function slot(): Slot {
  const known: unknown = Reflect.get(globalThis, SLOT)
  if (isSlot(known)) return known
  const fresh: Slot = { origin: undefined }
  Reflect.set(globalThis, SLOT, fresh)
  attachToServers(() => (fresh.origin ??= guessOrigin()))
  return fresh
}

function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && 'origin' in value
}

/** A standalone server changes to its own folder before it listens, so the guess waits for the first resume. */
function guessOrigin(): Origin {
  return createOrigin({ dir: process.cwd(), distDir: guessDistDir() })
}

const STANDALONE = v.object({ distDir: v.string() })

/** A standalone server carries its config in the environment (`build/utils.js` of Next, writeStandaloneDirectory). */
function guessDistDir(): string {
  const config = parseJson(process.env['__NEXT_PRIVATE_STANDALONE_CONFIG'] ?? '')
  return v.is(STANDALONE, config) ? config.distDir : '.next'
}

slot()
