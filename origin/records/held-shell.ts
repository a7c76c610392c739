// Tells which shell a browser shows for a page, from what it says of itself with a navigation preload. Pure.

import type { Digest } from '../../protocol/digest.ts'
import type { OriginRecord } from '../../protocol/build/origin-manifest.ts'
import { type DigestStart, keyHashOf, type ShellInventory, startOf } from '../../protocol/shell-inventory.ts'

export type HeldShell =
  /** The shell that Next has now. */
  | { readonly kind: 'current' }
  | { readonly kind: 'published'; readonly record: OriginRecord }
  /** A shell whose state is not here: the browser has it. */
  | { readonly kind: 'other'; readonly start: DigestStart }
  /** No shell, or it is not known which. */
  | { readonly kind: 'unknown' }

/**
 * @param keys - The keys at which the worker looks for the page's record, in this order: its path, its route.
 * @param current - The digest of the page as Next has it now.
 * @param publishedOf - The record that the build has put in public files for a key.
 */
export function findHeldShell(
  { hasAll, named }: ShellInventory,
  keys: readonly string[],
  current: Digest,
  publishedOf: (key: string) => OriginRecord | undefined,
): HeldShell {
  for (const key of keys) {
    const shown = named.get(keyHashOf(key))
    const record = publishedOf(key)
    if (shown?.kind === 'own') {
      if (shown.start === startOf(current)) return { kind: 'current' }
      return record && shown.start === startOf(record.digest)
        ? { kind: 'published', record }
        : { kind: 'other', start: shown.start }
    }
    if (shown?.kind === 'hidden' || (!shown && !hasAll)) return { kind: 'unknown' }
    if (!shown && record) return { kind: 'published', record }
  }
  return { kind: 'unknown' }
}
