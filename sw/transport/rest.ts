// What follows a shell. Each transport answers with one of these; splice.ts turns it into bytes.

/** Reads end with an error where the connection broke. `cancel` must reach the origin. */
export type ByteSource = ReadableStreamDefaultReader<Uint8Array>

/** `headers` are the page's own, where they came. */
export type Rest =
  /** Only the bytes behind the shell; there is a newer shell than this one, or soon will be. */
  | { readonly kind: 'resumed'; readonly body: ByteSource; readonly hasNewer: boolean; readonly headers?: Headers }
  /** A whole document, which should begin with the shell's bytes. `page` is what it came with; a reload can be given it. */
  | { readonly kind: 'document'; readonly body: ByteSource; readonly headers?: Headers; readonly page?: Response }
  /**
   * The network answered with something that cannot continue this shell: a redirect, an error page; or, for now, not in time or with a
   * server's trouble. `page` is for the reload; whoever does not give it to one drops its body.
   */
  | { readonly kind: 'other'; readonly isForNow?: true; readonly page?: Response }
  /** The network did not answer. */
  | { readonly kind: 'unreachable' }

/** The network did not answer: what followed the shell at the last visit (sw/copies/copies.ts). */
export type Copied = { readonly kind: 'copied'; readonly body: ByteSource; readonly headers?: Headers }
