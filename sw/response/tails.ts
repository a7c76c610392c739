// The few bytes that end a response whose rest cannot come. Pure.

import { EARLY_ATTRIBUTE, SHELL_ATTRIBUTE } from '../../protocol/flight/bootstrap-script.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { toUtf8 } from '../../protocol/utf8.ts'

const RELOAD = '<meta http-equiv="refresh" content="0">'

/** Makes a script watch over the page from its shell on (client/page-scripts/watch.ts). Empty if the shell does so by itself. */
export function watchTag(watchUrl: string): Uint8Array<ArrayBuffer> {
  return toUtf8(watchUrl && `<script src="${watchUrl}" async></script>`)
}

/** Reloads the page once, after a whole shell: no tag or script is open there, and the tail stays invisible. */
export const SHELL_TAIL: Uint8Array<ArrayBuffer> = toUtf8(RELOAD)

/**
 * Like {@link SHELL_TAIL}, if React already runs, or will run before the reload: React must not notice that the document ends. At its end
 * Next would close the payload's stream and React would give up the page (#412), and React would render by itself what has not arrived yet
 * (#419). Inline, as is the script that started React.
 */
export const EARLY_TAIL: Uint8Array<ArrayBuffer> = toUtf8(
  `<script>Object.defineProperty(document,"readyState",{value:"loading"});addEventListener("DOMContentLoaded",e=>e.stopImmediatePropagation(),!0)</script>${RELOAD}`,
)

/**
 * Reloads the page once, from wherever in the document the bytes broke off: it closes an attribute, a comment, a script, a
 * style, a textarea, a title and nested templates first. It escaped at each of 19,030 cut offsets; a bare meta tag is
 * swallowed at 99 % of them, and without the leading `x` it fails at 14 (docs/discoveries/browsers.md). No inline script, so that a
 * `script-src 'self'` policy does not stop it. The reload cannot loop: it reaches the worker as `no-cache` (eligible.ts).
 */
export const RECOVERY_TAIL: Uint8Array<ArrayBuffer> = toUtf8(
  `x"'>--></script></style></textarea></title></template></template>${RELOAD}`,
)

/** How every document of Next ends. A rest that ends in any other way is truncated. */
export const DOCUMENT_END: Uint8Array<ArrayBuffer> = toUtf8('</body></html>')

/**
 * Ends a whole shell without its rest: starts React on the shell alone (client/page-scripts/start-offline.ts). Undefined if that is
 * impossible. The shell is still readable, and its links work.
 *
 * @param isEarly - React has started already, with the page's static stage.
 */
export function offlineTail(record: StoredRecord, isEarly = false): Uint8Array<ArrayBuffer> | undefined {
  if (record.kind !== 'resuming' || record.bootScript === undefined) return undefined
  const early = isEarly ? ` ${EARLY_ATTRIBUTE}=""` : ''
  return toUtf8(`<script${record.bootScript} ${SHELL_ATTRIBUTE}="${record.digest}"${early}></script></body></html>`)
}
