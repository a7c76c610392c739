// What is measured: arms, lines, and the ways by which a visitor comes. Data, read by run.ts and table.ts.

import type { Arm } from '../arms.ts'
import { EARLY, NO_WORKER, POST } from '../arms.ts'
import { PROFILES, type ProfileName } from '../cells.ts'

/** Neither engine has static routes, so its worker asks by POST whatever the option `preload` says (sw/preload/registration.ts). */
export const ENGINE_ARMS: readonly { readonly name: string; readonly build: Arm['build'] }[] = [
  NO_WORKER,
  { name: 'ours', build: EARLY.build },
  { name: 'ours, early start off', build: POST.build },
]

export type EngineName = 'firefox' | 'webkit'

export type State = {
  readonly name: string
  /** A link of the app is asked for by POST; at a typed address the worker lets the browser's own request go out. */
  readonly by: 'link' | 'address'
  readonly isCold: boolean
  readonly engines: readonly EngineName[]
}

/** WebKit stops no worker while a page of its origin is open, so no link of the app ever meets a cold one there. */
export const STATES: readonly State[] = [
  { name: 'warm, by a link', by: 'link', isCold: false, engines: ['firefox', 'webkit'] },
  { name: 'cold, by a link', by: 'link', isCold: true, engines: ['firefox'] },
  { name: 'cold, by an address', by: 'address', isCold: true, engines: ['firefox', 'webkit'] },
]

export const LINES: readonly ProfileName[] = Object.keys(PROFILES) as ProfileName[]

export type EngineCell = { readonly engine: EngineName; readonly state: State; readonly line: ProfileName }

export const PAGE = '/watched'
/** Where a link of the app is followed from. */
export const START = '/start'
/** Milliseconds that the hole takes. */
export const HOLE = 100
/** Milliseconds without an event after which Firefox stops a worker: its own thirty seconds, cut short. */
export const FIREFOX_IDLE = 3_000
