// Makes one page as collect.ts finds it, and classifies it, for unit tests of the reasons. Each test names what it changes.

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

/** The classification of a page in an app with this change. */
export const classifyOne = (page: Candidate, change: ContextChange = {}, options = {}): Classified => {
  const [only] = classify([page], contextOf(change), toSettings(options).settings)
  if (!only) throw new Error('nothing was classified')
  return only
}

/** A rule in the form of the build's routing data. */
export const rule = (source: string, sourceRegex: string, change: object = {}): object => ({
  source,
  sourceRegex,
  ...change,
})
