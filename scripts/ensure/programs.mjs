// Finds the programs that the tests and the bench drive. The scripts, which install missing programs, and the browser suite, which
// starts them, both use it, so that the two never disagree. It is JavaScript because Node 20 cannot run TypeScript.

import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { Stop } from './run.mjs'

/**
 * `variables`: environment variables with a path, of which the first that is set counts. `names`: file names, the best first.
 * `files`: paths outside the usual folders. `debian`: the Debian package.
 *
 * @typedef {{ variables: readonly string[], names: readonly string[], files?: readonly string[], debian: string }} Program
 */

/** @satisfies {Record<string, Program>} */
export const PROGRAMS = {
  chromium: {
    // The second is an older name, from our earlier examples.
    variables: ['CHROME_PATH', 'CHROMIUM_PATH'],
    names: ['chromium', 'google-chrome', 'google-chrome-stable'],
    files: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    debian: 'chromium',
  },
  headlessShell: { variables: [], names: ['chromium-headless-shell'], debian: 'chromium-headless-shell' },
  firefox: {
    variables: ['FIREFOX_PATH'],
    names: ['firefox-esr', 'firefox'],
    files: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    debian: 'firefox-esr',
  },
  webkit: { variables: [], names: ['WebKitWebDriver'], debian: 'webkit2gtk-driver' },
  xvfb: { variables: [], names: ['Xvfb'], debian: 'xvfb' },
  nginx: { variables: [], names: ['nginx'], debian: 'nginx' },
  redis: { variables: [], names: ['redis-server'], debian: 'redis-server' },
}

/** Searched even if PATH does not have them: users other than root often lack `sbin`. */
const FOLDERS = ['/usr/local/bin', '/usr/bin', '/usr/local/sbin', '/usr/sbin', '/opt/homebrew/bin']

/**
 * The path of a program; undefined if there is none. If a variable names a program that cannot be run, it throws: otherwise another
 * one would be tested without notice.
 *
 * @param {keyof typeof PROGRAMS} name
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {(path: string) => boolean} isProgram
 * @returns {string | undefined}
 */
export function findProgram(name, env = process.env, isProgram = canRun) {
  const { variables, names, files = [] } = /** @type {Program} */ (PROGRAMS[name])
  const variable = variables.find((each) => env[each])
  if (variable !== undefined) {
    const named = String(env[variable])
    if (isProgram(named)) return named
    throw new Stop(
      `${variable} is ${named}, which is no program that this user may run. Nothing was started in its place. Name the file itself, or unset ${variable}: then the system's is looked for.`,
    )
  }
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...FOLDERS]
  const places = names.flatMap((each) => folders.map((folder) => join(folder, each)))
  return [...places, ...files].find((path) => isProgram(path))
}

/** A file, not a folder, that this user may run. */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
