// A page as collect.ts finds it, with what a test wants changed, and what becomes of it.

import type { Candidate } from './collect.ts'
import { type Classified, classify } from './classify.ts'
import { toSettings } from '../config/options.ts'
import { type ContextChange, contextOf } from '../test-context.ts'

export const candidate = (key: string, change: Partial<Candidate> = {}): Candidate => ({
  key,
  pathname: key,
  route: key,
  runtime: 'nodejs',
  status: 200,
  headers: [
    ['content-type', 'text/html'],
    ['x-next-cache-tags', '_N_T_/'],
  ],
  lifetime: { revalidate: undefined, expire: undefined },
  isUpgraded: false,
  file: '/app/page.html',
  shellBytes: 6,
  postponedState: 'state',
  resumeHeaders: [],
  bypassFor: [],
  ...change,
})

/** @param options - As `withShellCache` takes them. */
export function classifyOne(page: Candidate, change: ContextChange = {}, options = {}): Classified {
  const [only] = classify([page], contextOf(change), toSettings(options).settings)
  if (!only) throw new Error('nothing was classified')
  return only
}

export const rule = (
  source: string,
  sourceRegex: string,
  change: object = {},
): { source: string; sourceRegex: string } => ({ source, sourceRegex, ...change })
