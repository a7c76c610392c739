// Which Chromium the suite runs in, and how it is started.
//
// The program that CHROME_PATH names, else the system's, else Playwright's own. Most tests run in the headless shell: the same engine of the same
// version (pages, workers, databases, network) without the browser around it, which starts in a third of the time. What belongs to
// that browser (push, notifications, installing an app) and what is looked at as a visitor does runs in the whole one
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
  // The whole browser loads an error page again by itself, which takes the place of the test's next navigation.
  '--disable-auto-reload',
]

/** The whole browser; undefined where Playwright is to take its own. */
export const CHROMIUM: string | undefined = findProgram('chromium')

/** Who names a browser wants all tests to run in it. */
const isNamed = PROGRAMS.chromium.variables.some((variable) => process.env[variable])
const HEADLESS_SHELL = (isNamed ? undefined : findProgram('headlessShell')) ?? CHROMIUM

type Launch = { readonly executablePath: string } | { readonly channel?: 'chromium' }

/** Playwright's own headless browser is a headless shell unless it is told otherwise. */
export const WHOLE_BROWSER: Launch = CHROMIUM === undefined ? { channel: 'chromium' } : { executablePath: CHROMIUM }

export const QUICK_BROWSER: Launch = HEADLESS_SHELL === undefined ? {} : { executablePath: HEADLESS_SHELL }
