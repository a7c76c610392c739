// Starts React on a shell that nobody resumes. Next sends what starts it (a page's bootstrap) with the holes, so a shell alone
// never becomes interactive; the worker ends it with a script tag of this form instead (sw/navigation/tails.ts), and the script
// (client/start-offline.ts) hydrates the shell from the payload of the same render. Made by the adapter, which alone knows the
// build's names.
//
// A script by URL with data in attributes: a policy of `script-src 'self'` lets it run.

import { isObject, isString, parseJson } from './json-shape.ts'

/** What Turbopack's runtime is handed to start a page: `globalThis[global].push(params)`. */
export type Bootstrap = { readonly global: string; readonly params: unknown }

/** The record's digest, on the tag: only the payload of that very record fits the shell. */
export const SHELL_ATTRIBUTE = 'data-shell'
const BOOTSTRAP_ATTRIBUTE = 'data-bootstrap'

/** @param src - Path of the script, with `basePath`. */
export function formatStarter(src: string, bootstrap: Bootstrap): string {
  return ` src="${escaped(src)}" ${BOOTSTRAP_ATTRIBUTE}="${escaped(JSON.stringify(bootstrap))}"`
}

/** The script that a starter names. */
export function srcOf(starter: string): string {
  return /^ src="([^"]*)"/.exec(starter)?.[1]?.replaceAll('&amp;', '&') ?? ''
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

/** What a page sees of its tag: `dataset` of the script. */
export function readStarter(
  dataset: Readonly<Record<string, string | undefined>>,
): { readonly shell: string; readonly bootstrap: Bootstrap } | undefined {
  const { shell, bootstrap } = dataset
  const parsed = parseJson(bootstrap ?? '')
  if (shell === undefined || !isObject(parsed) || !isString(parsed['global'])) return undefined
  return { shell, bootstrap: { global: parsed['global'], params: parsed['params'] } }
}
