// What shells cannot do for an address, in the words that the build, `doctor` and the documents share.

export const LIMITS = {
  /** Pages of the Pages Router, too. */
  off: "A page that is `off` always comes from the network. Without a network it shows the browser's own error page, or the offline page if no dynamic route could answer its path.",
  slash:
    '`skipTrailingSlashRedirect` serves two forms of an address. Shells open only at the form that `trailingSlash` names.',
  spelling:
    'An address with `%2F`, `%5C` or a control character has no shell. Without a network it shows the offline page.',
} as const

/** Of a path that the build has prerendered. */
export const UNSUITABLE_PATH = 'its path has `%2F`, `%5C` or a control character'
