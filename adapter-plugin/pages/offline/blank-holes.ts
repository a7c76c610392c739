// Counts the holes of a shell that show nothing until they are filled (`fallback={null}`). Without a network they stay blank. Pure.

/** React's markup for a pending boundary with nothing between its start and its end (19.2; a later release writes `$~`). */
const BLANK = /(<div hidden="">)?<!--\$[?~]--><template id="[^"]*"><\/template><!--\/\$-->/g

/** Leaves out the holes in which Next streams a page's metadata, because they are never visible. */
export function countBlankHoles(shell: string): number {
  return [...shell.matchAll(BLANK)].filter(([, hidden]) => hidden === undefined).length
}
