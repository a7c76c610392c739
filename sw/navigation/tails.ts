// The few bytes that end a response whose rest cannot come. Pure.

import { toUtf8 } from '../../protocol/utf8.ts'

/**
 * Reloads the page once, from wherever in the document the bytes broke off: it closes an attribute, a comment, a script, a
 * style, a textarea, a title and nested templates first. It escaped at each of 19,030 cut offsets, where a bare meta tag is
 * swallowed at 99 % of them; without the leading `x` it fails at 14 (reference/reliability.md). No inline script, so that a
 * `script-src 'self'` policy does not stop it. The reload cannot loop: it reaches the worker as `no-cache` (eligible.ts).
 */
export const RECOVERY_TAIL: Uint8Array<ArrayBuffer> = toUtf8(
  `x"'>--></script></style></textarea></title></template></template><meta http-equiv="refresh" content="0">`,
)

/** How every document of Next ends; a rest that ends otherwise was cut short. */
export const DOCUMENT_END: Uint8Array<ArrayBuffer> = toUtf8('</body></html>')
