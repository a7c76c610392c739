// What follows a shell. Each transport answers with one of these; splice.ts turns it into bytes.

/** Reads end with an error if the connection breaks. `cancel` must reach the origin. */
export type ByteSource = ReadableStreamDefaultReader<Uint8Array>

/** `headers` are the page's own, if they came. */
export type Rest =
  /** Only the bytes after the shell. `hasNewer`: there is a newer shell than this one, or soon will be. */
  | { readonly kind: 'resumed'; readonly body: ByteSource; readonly hasNewer: boolean; readonly headers?: Headers }
  /** A whole document, which should begin with the shell's bytes. `page` is its response, which can be given to a reload. */
  | { readonly kind: 'document'; readonly body: ByteSource; readonly headers?: Headers; readonly page?: Response }
  /**
   * The network answered with something that cannot continue this shell: a redirect, an error page. `isForNow`: it did not answer in
   * time, or the server is in trouble. `page` is for the reload; a caller that does not give it to one must drop its body.
   */
  | { readonly kind: 'other'; readonly isForNow?: true; readonly page?: Response }
  /** The network did not answer. */
  | { readonly kind: 'unreachable' }

/** For a network that did not answer: what followed the shell at the last visit (sw/copies/copies.ts). */
export type Copied = { readonly kind: 'copied'; readonly body: ByteSource; readonly headers?: Headers }
