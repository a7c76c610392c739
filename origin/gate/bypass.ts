// Decides who gets documents of their own from Next instead of a shell and its rest: anyone in draft mode, bots that read no streamed
// metadata, and whatever else the build's `bypassFor` names.

import { timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'

import { isObject, isString, parseJson } from '../../protocol/json-shape.ts'
import type { BypassRule } from '../../protocol/build/origin-manifest.ts'

export type Bypass = (headers: IncomingHttpHeaders) => boolean

/** @throws if a rule does not compile: such a guard guards nothing. */
export function openBypass(rules: readonly BypassRule[], distFolder: string): Bypass {
  const compiled = rules.map(({ header, value }) => ({
    header: header.toLowerCase(),
    pattern: value === undefined ? /^/ : new RegExp(`^(?:${value})$`),
  }))
  const token = readDraftToken(distFolder)
  return (headers) =>
    isDraft(headers.cookie, token) ||
    compiled.some(({ header, pattern }) => headers[header] !== undefined && pattern.test(String(headers[header])))
}

/** A wrong cookie is no draft, in Next neither. If the right one is not known, any cookie might be it. */
function isDraft(cookies: string | undefined, token: Buffer | undefined): boolean {
  const given = /(?:^|;\s*)__prerender_bypass=([^;]*)/.exec(cookies ?? '')?.[1]
  if (given === undefined) return false
  const bytes = Buffer.from(given)
  return token === undefined || (bytes.length === token.length && timingSafeEqual(bytes, token))
}

function readDraftToken(distFolder: string): Buffer | undefined {
  try {
    const manifest = parseJson(readFileSync(join(distFolder, 'prerender-manifest.json'), 'utf8'))
    const preview = isObject(manifest) ? manifest['preview'] : undefined
    const token = isObject(preview) ? preview['previewModeId'] : undefined
    return isString(token) ? Buffer.from(token) : undefined
  } catch {
    return undefined
  }
}
