// Starts React on a shell that no one resumes: the worker ends the shell with a script tag of this form (sw/response/tails.ts), and the
// script (client/page-scripts/start-offline.ts) hydrates it from the payload of the same render. Some releases of Next start by themselves on a shell,
// others are started by what comes with the holes (a page's bootstrap), which the tag then carries. Made by the adapter, which alone
// knows the build's names.
//
// A script by URL with data in attributes: a policy of `script-src 'self'` lets it run.

import { isObject, isString, parseJson } from '../json-shape.ts'

/** What Turbopack's runtime is handed to start a page: `globalThis[global].push(params)`. */
export type Bootstrap = { readonly global: string; readonly params: unknown }

/** The record's digest, on the tag: only the payload of that very record fits the shell. */
export const SHELL_ATTRIBUTE = 'data-shell'
const BOOTSTRAP_ATTRIBUTE = 'data-bootstrap'
/** On the tag where the page has begun with its static stage: what is left to do is to keep it open, and to fill it. */
export const EARLY_ATTRIBUTE = 'data-early'
/** On the tag of a page that is shown whole, as it was visited last: how many seconds ago that was. */
export const COPY_ATTRIBUTE = 'data-copy'

/** @param src - Path of the script, with `basePath`. @param bootstrap - Undefined where the shell starts Next by itself. */
export function formatBootScript(src: string, bootstrap: Bootstrap | undefined): string {
  const attribute = bootstrap && ` ${BOOTSTRAP_ATTRIBUTE}="${escaped(JSON.stringify(bootstrap))}"`
  return ` src="${escaped(src)}"${attribute ?? ''}`
}

/** The script that a bootstrap script names. */
export function srcOf(bootScript: string): string {
  return unescaped(/^ src="([^"]*)"/.exec(bootScript)?.[1] ?? '')
}

/** What a bootstrap script starts the page with; undefined where the shell starts by itself. */
export function bootstrapOf(bootScript: string): Bootstrap | undefined {
  const [, attribute] = new RegExp(` ${BOOTSTRAP_ATTRIBUTE}="([^"]*)"$`).exec(bootScript) ?? []
  return attribute === undefined ? undefined : readBootstrap(unescaped(attribute))
}

/** Whether the shell of a bootstrap script starts React; not where nothing is known of it. */
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
  /** Seconds since the page was kept that is shown whole; undefined where its holes are open. */
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
