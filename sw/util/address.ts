// Addresses of pages, and the numbers that stand in the store for them: there they must not be read.

import type { Address } from '../../protocol/record/stored.ts'
import { toUtf8 } from '../../protocol/utf8.ts'

/** Of a page. At once: it is read with the page's record. */
export function addressOf(url: string): Address {
  return numberOf(withoutFragment(url))
}

/** A server is never told the fragment. */
export function withoutFragment(url: string): string {
  return url.replace(/#.*/, '')
}

/** FNV-1a of 32 bits: enough to tell fifty apart, too little to find one. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of toUtf8(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}

/** How apps name what logs a visitor out. */
export const ENDS_SESSION: RegExp = /(log|sign)[-_]?(out|off)/i
