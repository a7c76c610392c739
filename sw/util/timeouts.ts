// The worker's waiting times that no option sets, in milliseconds. The options of `timeouts` are in the build's config
// (protocol/build/worker-config.ts).

/** To open the database, and the same again for a transaction: more than a slow device needs. */
export const DATABASE_MS = 10_000

/** For how long a database that did not open is left alone. */
export const DATABASE_RETRY_MS = 60_000

/** For the database if the network has failed: there is nothing else to show. */
export const DATABASE_OFFLINE_MS = 5000

/** To store the mark of a write: the page gets the response to its write only after that. */
export const MARK_MS = 2000

/** To take over the marks of the previous version. */
export const FORMER_STORE_MS = 2000

/** For the first byte of a page's rest. After that the holes show a copy, if the app wants it. */
export const STALE_HOLES_MS = 400

/** A record's use is written at most once in this time. */
export const USE_MS = 60_000

/** Until an asset or a picture is requested from the network instead of Cache Storage. */
export const CACHE_MS = 2000

/** For Cache Storage while a worker installs. */
export const CACHE_INSTALL_MS = 10_000

/** To delete the assets of builds that no open page needs any more. */
export const CACHE_CLEANUP_MS = 10_000

/** For the browser to accept the header of navigation preloads, or to turn them on or off. */
export const PRELOAD_HEADER_MS = 500

/** Extra time for the store if a preload has already brought the rest of the page: it would cost a few round trips and a render again. */
export const PRELOADED_STORE_MS = 500

/** Between two requests for a record that Next is still rendering. */
export const REFRESH_RETRY_MS = 500

/** Between two requests that ask whether a record, from which the router was answered, is still current. */
export const CONFIRM_MS = 60_000

/** Such requests wait until the router has got no answer for this long, so that a page that opens has the connection to itself. */
export const QUIET_MS = 1000

/** The least time for the store when a link is prefetched: no visitor waits yet, and a page that has just opened keeps the machine busy. */
export const LINK_STORE_MS = 500

/** For a requested record with its body: another request for the same page waits for it. */
export const RECORD_MS = 60_000

/** No records are requested for this long after a response that is not our origin's. Doubles with each in a row, up to the maximum. */
export const FOREIGN_ANSWER_PAUSE_MS = 10_000
export const FOREIGN_ANSWER_MOST_MS = 3_600_000

/** For how long pages come from the network after the origin has named another build, if no newer worker arrives. */
export const OTHER_BUILD_MS = 60_000

/** For how long the waits are short after a timeout of the origin. */
export const SLOW_ORIGIN_MS = 30_000
/** The short wait. */
export const SLOW_ORIGIN_WAIT_MS = 1000

/** A requested reload arrives within this time: a browser starts it as soon as it has parsed the script that asks for it. */
export const EXPECTED_MS = 30_000

/** For how long the page for such a reload is kept. */
export const KEPT_PAGE_MS = 5000

/** For the handler of `activate`: all requests of pages wait until it has ended. */
export const ACTIVATE_MS = 5000

/** For the worker's own script, whose headers say whether the host has switched the shell cache off. */
export const SWITCH_MS = 5000

/** For the inspector's own database, which its page waits for. */
export const INSPECTOR_MS = 5000

/** For the same, if it delays a worker's first request. */
export const INSPECTOR_FIRST_MS = 500
