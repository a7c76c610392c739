// Chooses the Chromium that the suite runs in, and its flags.
//
// It is the program that CHROME_PATH names, else the system's, else Playwright's own. Most tests run in the headless shell: the same
// engine in the same version (pages, workers, databases, network) without the browser around it, which starts in a third of the time.
// Tests of features of that browser (push, notifications, installing an app), or of what a visitor sees in it, run in the full browser
// (decisions/015-headless-shell.md).

import { findProgram, PROGRAMS } from '../../scripts/ensure/programs.mjs'

export const FLAGS: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The full browser reloads an error page by itself, and that reload would replace the test's next navigation.
  '--disable-auto-reload',
]

/** The full browser; undefined if Playwright is to use its own. */
export const CHROMIUM: string | undefined = findProgram('chromium')

/** If the environment names a browser, all tests run in it. */
const isNamed = PROGRAMS.chromium.variables.some((variable) => process.env[variable])
const HEADLESS_SHELL = (isNamed ? undefined : findProgram('headlessShell')) ?? CHROMIUM

type Launch = { readonly executablePath: string } | { readonly channel?: 'chromium' }

/** Playwright's own headless browser is a headless shell unless it is told otherwise. */
export const WHOLE_BROWSER: Launch = CHROMIUM === undefined ? { channel: 'chromium' } : { executablePath: CHROMIUM }

export const QUICK_BROWSER: Launch = HEADLESS_SHELL === undefined ? {} : { executablePath: HEADLESS_SHELL }
