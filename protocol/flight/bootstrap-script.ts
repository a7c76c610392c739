// Starts React on a shell that is not resumed: the worker ends the shell with a script tag of this form (sw/response/tails.ts), and the
// script (client/page-scripts/start-offline.ts) hydrates the shell from the payload of the same render. Some releases of Next start by
// themselves on a shell. Others are started by what comes with the holes (a page's bootstrap), which the tag then carries. Made by the
// adapter, which alone knows the build's names.
//
// A script by URL with data in attributes: a policy of `script-src 'self'` lets it run.

import { isObject, isString, parseJson } from '../json-shape.ts'

/** What Turbopack's runtime gets to start a page: `globalThis[global].push(params)`. */
export type Bootstrap = { readonly global: string; readonly params: unknown }

/** The record's digest, on the tag: only the payload of that very record fits the shell. */
export const SHELL_ATTRIBUTE = 'data-shell'
const BOOTSTRAP_ATTRIBUTE = 'data-bootstrap'
/** On the tag if the page has begun with its static stage: then the page only has to be kept open and filled. */
export const EARLY_ATTRIBUTE = 'data-early'
/** On the tag of a page that is shown whole, as at its last visit: how many seconds ago that was. */
export const COPY_ATTRIBUTE = 'data-copy'

/** @param src - Path of the script, with `basePath`. @param bootstrap - Undefined if the shell starts Next by itself. */
export function formatBootScript(src: string, bootstrap: Bootstrap | undefined): string {
  const attribute = bootstrap && ` ${BOOTSTRAP_ATTRIBUTE}="${escaped(JSON.stringify(bootstrap))}"`
  return ` src="${escaped(src)}"${attribute ?? ''}`
}

/** The path of the script in a bootstrap script's attributes. */
export function srcOf(bootScript: string): string {
  return unescaped(/^ src="([^"]*)"/.exec(bootScript)?.[1] ?? '')
}

/** What a bootstrap script starts the page with; undefined if the shell starts by itself. */
export function bootstrapOf(bootScript: string): Bootstrap | undefined {
  const [, attribute] = new RegExp(` ${BOOTSTRAP_ATTRIBUTE}="([^"]*)"$`).exec(bootScript) ?? []
  return attribute === undefined ? undefined : readBootstrap(unescaped(attribute))
}

/** Whether the shell of a bootstrap script starts React by itself; false if nothing is known of it. */
export function startsItself(bootScript: string | undefined): boolean {
  return bootScript?.includes(` ${BOOTSTRAP_ATTRIBUTE}="`) === false
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

function unescaped(attribute: string): string {
  return attribute.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

export type BootScript = {
  readonly shell: string
  readonly bootstrap: Bootstrap | undefined
  /** Whether the page has its static stage already. */
  readonly isEarly: boolean
  /** Seconds since the page that is shown whole was kept; undefined if its holes are open. */
  readonly copyAge: number | undefined
}

/** What a page sees of its tag: `dataset` of the script. */
export function readBootScript(dataset: Readonly<Record<string, string | undefined>>): BootScript | undefined {
  const { shell, bootstrap, early, copy } = dataset
  if (shell === undefined) return undefined
  const isEarly = early !== undefined
  const copyAge = copy === undefined ? undefined : Number(copy)
  if (bootstrap === undefined) return { shell, bootstrap, isEarly, copyAge }
  const read = readBootstrap(bootstrap)
  return read && { shell, bootstrap: read, isEarly, copyAge }
}

function readBootstrap(json: string): Bootstrap | undefined {
  const parsed = parseJson(json)
  return isObject(parsed) && isString(parsed['global'])
    ? { global: parsed['global'], params: parsed['params'] }
    : undefined
}
