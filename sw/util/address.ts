// Addresses of pages, and the numbers that the store has instead: the store must not reveal which pages were visited.

import type { Address } from '../../protocol/record/stored.ts'
import { toUtf8 } from '../../protocol/utf8.ts'

/** The number of a page. Synchronous, because it is read with the page's record. */
export function addressOf(url: string): Address {
  return numberOf(withoutFragment(url))
}

/** A fragment is never sent to the server. */
export function withoutFragment(url: string): string {
  return url.replace(/#.*/, '')
}

/** 32-bit FNV-1a: enough to tell fifty texts apart, too little to recover one. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of toUtf8(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}

/** What apps usually call the URL that logs a visitor out. */
export const ENDS_SESSION: RegExp = /(log|sign)[-_]?(out|off)/i
