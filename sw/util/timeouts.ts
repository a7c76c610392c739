// How long the worker waits for what no option sets, in milliseconds. The options of `timeouts` are in the build's config
// (protocol/build/worker-config.ts).

/** To open the database, and as long again for a transaction: more than a slow device needs. */
export const DATABASE_MS = 10_000

/** A database that did not open is left alone for so long. */
export const DATABASE_RETRY_MS = 60_000

/** For the database where the network has failed: there is nothing else to show. */
export const DATABASE_OFFLINE_MS = 5000

/** For the mark that a write leaves: the page gets the answer to its write after it. */
export const MARK_MS = 2000

/** To take over the marks of the version before. */
export const FORMER_STORE_MS = 2000

/** For the first byte of the rest of a page: after it a copy's holes stand in, where the app wants that. */
export const STALE_HOLES_MS = 400

/** A use of a record is written once in this time. */
export const USE_MS = 60_000

/** Until an asset or a picture of a page is asked of the network instead of Cache Storage. */
export const CACHE_MS = 2000

/** For Cache Storage while a worker installs. */
export const CACHE_INSTALL_MS = 10_000

/** To delete the assets of builds that no page uses any more. */
export const CACHE_CLEANUP_MS = 10_000

/** For the browser to take the header of navigation preloads, or to turn them on or off. */
export const PRELOAD_HEADER_MS = 500

/** What the store gets more where a preload has brought the rest of a page: a few round trips and a render. */
export const PRELOADED_STORE_MS = 500

/** Between two questions for a record that Next is still making. */
export const REFRESH_RETRY_MS = 500

/** Between two questions whether a record that the router was answered from is the page's still. */
export const CONFIRM_MS = 60_000

/** Such questions wait until the router has been answered nothing for so long: a page that is opening has the connection to itself. */
export const QUIET_MS = 1000

/** For the store where a link is prefetched, if a page gets less: the visitor does not wait for it yet, and a page that has just opened keeps the machine busy. */
export const LINK_STORE_MS = 500

/** For a record that is asked for, body and all: another question for its page waits for it. */
export const RECORD_MS = 60_000

/** Records are not asked for after an answer that is not our origin's. Doubles with each in a row, up to the most. */
export const FOREIGN_ANSWER_PAUSE_MS = 10_000
export const FOREIGN_ANSWER_MOST_MS = 3_600_000

/** Pages are the network's after the origin has said that it is of another build, where no newer worker comes. */
export const OTHER_BUILD_MS = 60_000

/** After a timeout of the origin, waits are short for so long. */
export const SLOW_ORIGIN_MS = 30_000
/** How short. */
export const SLOW_ORIGIN_WAIT_MS = 1000

/** A reload that was asked for comes within this time: a browser starts it as soon as it has parsed what asks for it. */
export const EXPECTED_MS = 30_000

/** The page that such a reload is answered with is kept for so long. */
export const KEPT_PAGE_MS = 5000

/** For the handler of `activate`: every request of the pages waits until it has ended. */
export const ACTIVATE_MS = 5000

/** For the worker's own script, which says whether the host has switched the shell cache off. */
export const SWITCH_MS = 5000

/** For the inspector's own database, which its page waits for. */
export const INSPECTOR_MS = 5000

/** For the same, when it holds up a worker's first request. */
export const INSPECTOR_FIRST_MS = 500
