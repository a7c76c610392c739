// Why a visit was answered as it was, in one or two sentences: which rung of the ladder (docs/architecture.md) and what led there. Read by people,
// on the worker's console (sw/inspect/log.ts) and on the inspector's page (client/inspector/).

import type { Visit } from './inspection.ts'
import type { Ending } from './messages.ts'

/** What its visitor had of it: what the package is for, the network's page, or less than that. */
export type Tone = 'good' | 'other' | 'bad'

export function toneOf({ outcome, ending }: Pick<Visit, 'outcome' | 'ending'>): Tone {
  if (outcome === 'failed' || outcome === 'offline-page') return 'bad'
  if (ending === 'recovery' || ending === 'outdated' || ending === 'stranded') return 'bad'
  return outcome === 'network' ? 'other' : 'good'
}

export function explain(visit: Visit): string {
  const simulated = visit.simulation === 'nothing' ? '' : ' The inspector simulated it.'
  return `${SENTENCES[visit.outcome](visit)}${simulated}`
}

const SENTENCES: Readonly<Record<Visit['outcome'], (visit: Visit) => string>> = {
  instant: (visit) => `The stored shell was shown at once. ${afterShell(visit)}`,
  gated: (visit) =>
    `The app said that this visitor gets the page, then the stored shell was shown. ${afterShell(visit)}`,
  static: ({ reply }) =>
    reply === 'failed' || reply === 'late'
      ? 'The network did not answer; the page has no holes and was shown whole.'
      : 'The page has no holes: all of it was stored.',
  offline: ({ reply }) =>
    `The network ${reply === 'failed' ? 'failed' : 'did not answer in time'}: the stored shell was shown and made interactive. Its holes fill when the server answers.`,
  'offline-page': () => 'The network failed and this page is not stored: the offline page stands for it.',
  failed: () =>
    'The network failed, and there was nothing to show in its place: the browser showed its own error page.',
  network: whyNetwork,
}

function afterShell({ ending, reply, refusal }: Visit): string {
  return ending === undefined || ending === 'complete' ? followed(reply, refusal) : ENDINGS[ending]
}

const ENDINGS: Readonly<Record<Exclude<Ending, 'complete'>, string>> = {
  recovery: 'What followed broke off, so the page reloaded itself once, from the network.',
  unfit: 'It began early with what its rest then did not have, so the page reloaded itself once.',
  outdated: 'The network has another shell by now, so the page reloaded itself once and the stored one was dropped.',
  offline: 'The network did not answer, so the shell was made interactive; its holes fill when the server answers.',
  stranded: 'What followed broke off and a reload would have found no page, so what was there stayed.',
  abandoned: 'The visitor left before it was complete.',
}

function followed(reply: Visit['reply'], refusal: Visit['refusal']): string {
  if (reply === 'resumed') return 'The origin rendered the holes alone.'
  const because = refusal === undefined ? 'did not answer as one of ours' : `refused (${refusal})`
  return `The origin ${because}, so the rest was taken from the network’s whole document.`
}

function whyNetwork(visit: Visit): string {
  const { mode, isRepeat, finding, refusal, reply } = visit
  if (mode === undefined) return 'No record can answer this path: the network’s page was passed on.'
  if (isRepeat) return 'A reload: anyone who has the page already gets the network’s.'
  if (finding === 'unseen')
    return 'The host adds security headers to its pages, and those of this one were not known yet: it is the network’s page.'
  if (finding === 'invalidated')
    return 'The visitor has changed what the stored shell was made from, or shells rest here: it is the network’s page.'
  if (finding === 'expired')
    return 'The stored shell is past its expiry: the network’s page was shown, and its record fetched behind it.'
  if (finding === 'none')
    return 'Nothing was stored for it, or the database did not answer in time: the network’s page was shown.'
  if (mode === 'gated')
    return refusal === undefined
      ? `The page is guarded and the app’s answer ${reply === 'late' ? 'was late' : 'was no verdict'}: the network’s page was shown.`
      : `The page is guarded and the app refused the stored shell (${refusal}): the network’s page was shown.`
  return 'The network’s page was shown.'
}
