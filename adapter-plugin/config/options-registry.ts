// Passes options from withShellCache() to the adapter. Next loads the adapter by its path, in the same process as the config. So the
// global object holds the options and the other adapter that the config names, and a flag that the adapter sets when it was called.

import { PHASE_PRODUCTION_BUILD } from 'next/constants.js'

import { tell } from '../errors.ts'
import { hostProblems, type OtherAdapter } from '../host-problems.ts'
import type { ShellCacheOptions } from './shell-cache-options.ts'

const OPTIONS = Symbol.for('next-shell-cache.options')
const OTHER = Symbol.for('next-shell-cache.other-adapter')
const IS_ASKED = Symbol.for('next-shell-cache.is-asked')
const IS_WATCHED = Symbol.for('next-shell-cache.is-watched')

export function handOverOptions(options: ShellCacheOptions): void {
  Reflect.set(globalThis, OPTIONS, options)
}

export function handedOverOptions(): unknown {
  return Reflect.get(globalThis, OPTIONS) ?? {}
}

/** @param other - The other adapter that the config names, or undefined. */
export function handOverAdapter(other: OtherAdapter | undefined): void {
  Reflect.set(globalThis, OTHER, other)
}

export function handedOverAdapter(): OtherAdapter | undefined {
  const other: OtherAdapter | undefined = Reflect.get(globalThis, OTHER)
  return other
}

/** Called by the adapter's first hook. */
export function noteAsked(): void {
  Reflect.set(globalThis, IS_ASKED, true)
}

/**
 * A wrapper that is applied after withShellCache() may name another adapter. Then none of our hooks runs, so none of them can report it.
 * Only the end of a build can tell, because other commands load configs without calling any adapter.
 */
export function tellAtExitIfReplaced(): void {
  if (Reflect.get(globalThis, IS_WATCHED) === true) return
  Reflect.set(globalThis, IS_WATCHED, true)
  process.once('exit', tellIfReplaced)
}

function tellIfReplaced(): void {
  const isBuild = process.env['NEXT_PHASE'] === PHASE_PRODUCTION_BUILD
  if (isBuild && Reflect.get(globalThis, IS_ASKED) !== true) tell(hostProblems.replacedAdapter)
}
