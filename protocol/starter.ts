// Starts React on a shell that nobody resumes: the worker ends the shell with a script tag of this form (sw/navigation/tails.ts), and the
// script (client/start-offline.ts) hydrates it from the payload of the same render. Some releases of Next start by themselves on a shell,
// others are started by what comes with the holes (a page's bootstrap), which the tag then carries. Made by the adapter, which alone
// knows the build's names.
//
// A script by URL with data in attributes: a policy of `script-src 'self'` lets it run.

import { isObject, isString, parseJson } from './json-shape.ts'

/** What Turbopack's runtime is handed to start a page: `globalThis[global].push(params)`. */
export type Bootstrap = { readonly global: string; readonly params: unknown }

/** The record's digest, on the tag: only the payload of that very record fits the shell. */
export const SHELL_ATTRIBUTE = 'data-shell'
const BOOTSTRAP_ATTRIBUTE = 'data-bootstrap'

/** @param src - Path of the script, with `basePath`. @param bootstrap - Undefined where the shell starts Next by itself. */
export function formatStarter(src: string, bootstrap: Bootstrap | undefined): string {
  const attribute = bootstrap && ` ${BOOTSTRAP_ATTRIBUTE}="${escaped(JSON.stringify(bootstrap))}"`
  return ` src="${escaped(src)}"${attribute ?? ''}`
}

/** The script that a starter names. */
export function srcOf(starter: string): string {
  return /^ src="([^"]*)"/.exec(starter)?.[1]?.replaceAll('&amp;', '&') ?? ''
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

export type Starter = { readonly shell: string; readonly bootstrap: Bootstrap | undefined }

/** What a page sees of its tag: `dataset` of the script. */
export function readStarter(dataset: Readonly<Record<string, string | undefined>>): Starter | undefined {
  const { shell, bootstrap } = dataset
  if (shell === undefined) return undefined
  if (bootstrap === undefined) return { shell, bootstrap }
  const parsed = parseJson(bootstrap)
  if (!isObject(parsed) || !isString(parsed['global'])) return undefined
  return { shell, bootstrap: { global: parsed['global'], params: parsed['params'] } }
}
