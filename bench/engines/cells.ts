// What is measured: arms, lines, and the ways in which a visitor reaches the page. Data, read by run.ts and table.ts.

import type { Arm } from '../arms.ts'
import { EARLY, NO_WORKER, POST } from '../arms.ts'
import { PROFILES, type ProfileName } from '../cells.ts'

/** Neither engine has static routes, so the worker resumes by POST whatever the option `preload` says (sw/preload/registration.ts). */
export const ENGINE_ARMS: readonly { readonly name: string; readonly build: Arm['build'] }[] = [
  NO_WORKER,
  { name: 'ours', build: EARLY.build },
  { name: 'ours, early start off', build: POST.build },
]

export type EngineName = 'firefox' | 'webkit'

export type State = {
  readonly name: string
  /** For a link of the app the worker sends a POST; for a typed address it lets the browser's own request go out. */
  readonly by: 'link' | 'address'
  readonly isCold: boolean
  readonly engines: readonly EngineName[]
}

/** WebKit stops no worker while a page of its origin is open, so a link of the app never meets a cold worker there. */
export const STATES: readonly State[] = [
  { name: 'warm, by a link', by: 'link', isCold: false, engines: ['firefox', 'webkit'] },
  { name: 'cold, by a link', by: 'link', isCold: true, engines: ['firefox'] },
  { name: 'cold, by an address', by: 'address', isCold: true, engines: ['firefox', 'webkit'] },
]

export const LINES: readonly ProfileName[] = Object.keys(PROFILES) as ProfileName[]

export type EngineCell = { readonly engine: EngineName; readonly state: State; readonly line: ProfileName }

export const PAGE = '/watched'
/** The page with the link of the app. */
export const START = '/start'
/** Milliseconds until the hole is rendered. */
export const HOLE = 100
/** Milliseconds without an event after which Firefox stops a worker: shortened from its default of thirty seconds. */
export const FIREFOX_IDLE = 3_000
