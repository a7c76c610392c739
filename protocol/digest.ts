// A digest names a record: base64url of SHA-256 over shell ‖ 0x00 ‖ postponed state. The adapter and the origin compute it from the state
// in clear text. A browser never holds that state, only its seal, so it checks the shell's own hash instead; the seal binds the two
// (see seal-format.ts).

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** base64url of a SHA-256: 43 characters. Made only by {@link toDigest} and {@link asDigest}. */
export type Digest = string & { readonly __digest: never }

/** What is hashed to name a record. A static record has no state: its shell is the whole document. */
export function digestInput(shell: Uint8Array, postponedState: Uint8Array): Uint8Array<ArrayBuffer> {
  const input = new Uint8Array(shell.length + 1 + postponedState.length)
  input.set(shell, 0)
  input.set(postponedState, shell.length + 1)
  return input
}

/** The digest of 32 hashed bytes. */
export function toDigest(sha256: ArrayBuffer | Uint8Array): Digest {
  return toBase64Url(sha256 instanceof Uint8Array ? sha256 : new Uint8Array(sha256)) as Digest
}

/** A string from outside as a digest; undefined if it does not have that form. */
export function asDigest(value: unknown): Digest | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value) ? (value as Digest) : undefined
}

/** base64url without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = Math.min(3, bytes.length - at)
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    for (let digit = 0; digit <= left; digit++) text += BASE64URL[(word >> (18 - 6 * digit)) & 63]
  }
  return text
}
