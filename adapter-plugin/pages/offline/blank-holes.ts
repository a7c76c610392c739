// Holes of a shell that show nothing until they are filled (`fallback={null}`): without a network their place stays blank. Pure.

/** What React writes for a boundary that waits, with nothing between its mark and its end (19.2; `$~` is that of a later release). */
const BLANK = /(<div hidden="">)?<!--\$[?~]--><template id="[^"]*"><\/template><!--\/\$-->/g

/** How many; not those in which Next streams a page's metadata, which are never seen. */
export function countBlankHoles(shell: string): number {
  return [...shell.matchAll(BLANK)].filter(([, hidden]) => hidden === undefined).length
}
