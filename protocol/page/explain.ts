// Why a visit was answered as it was, in one or two sentences: which rung of the ladder (docs/architecture.md) and what led there. For
// people, on the worker's console (sw/inspect/log.ts) and on the inspector's page (client/inspector/).

import type { Visit } from './inspection.ts'
import type { Ending } from './messages.ts'

/** What the visitor got: what the package is for, the network's page, or less than that. */
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
  gated: (visit) => `The app let this visitor through, then the stored shell was shown. ${afterShell(visit)}`,
  static: ({ reply }) =>
    reply === 'failed' || reply === 'late'
      ? 'The network did not answer. The page has no holes and was shown whole.'
      : 'The page has no holes: all of it was stored.',
  offline: ({ reply }) =>
    `The network ${reply === 'failed' ? 'failed' : 'did not answer in time'}: the stored shell was shown and made interactive. Its holes fill when the server answers.`,
  'offline-page': () => 'The network failed and this page is not stored, so the offline page was shown.',
  failed: () => 'The network failed, and there was nothing to show instead. The browser showed its own error page.',
  network: whyNetwork,
}

function afterShell({ ending, reply, refusal, hadStaleHoles }: Visit): string {
  const after = ending === undefined || ending === 'complete' ? followed(reply, refusal) : ENDINGS[ending]
  return hadStaleHoles ? `The network was slow, so its holes showed those of the last visit meanwhile. ${after}` : after
}

const ENDINGS: Readonly<Record<Exclude<Ending, 'complete'>, string>> = {
  recovery: 'The rest broke off, so the page reloaded itself once, from the network.',
  unfit: 'The page started early with data that its rest then did not have, so it reloaded itself once.',
  outdated: 'The network now has another shell, so the page reloaded itself once and the stored shell was dropped.',
  offline: 'The network did not answer, so the shell was made interactive. Its holes fill when the server answers.',
  stranded: 'The rest broke off, and a reload would have found no page, so the current view stayed.',
  abandoned: 'The visitor left before it was complete.',
}

function followed(reply: Visit['reply'], refusal: Visit['refusal']): string {
  if (reply === 'resumed') return 'The origin rendered only the holes.'
  const because = refusal === undefined ? 'gave no verdict' : `refused (${refusal})`
  return `The origin ${because}, so the rest was taken from the network’s whole document.`
}

function whyNetwork(visit: Visit): string {
  const { mode, isRepeat, lookup, refusal, reply } = visit
  if (mode === undefined) return 'No record can answer this path, so the network’s page was passed on.'
  if (isRepeat) return 'It was a reload, and reloads get the network’s page.'
  if (lookup === 'unseen')
    return 'The host adds security headers to its pages, and those of this page were not known yet, so the network’s page was shown.'
  if (lookup === 'invalidated')
    return 'The visitor has changed the data behind the stored shell, or shells are paused here, so the network’s page was shown.'
  if (lookup === 'expired')
    return 'The stored shell is past its expiry, so the network’s page was shown and its record fetched afterwards.'
  if (lookup === 'none')
    return 'Nothing was stored for it, or the database did not answer in time, so the network’s page was shown.'
  if (mode === 'gated')
    return refusal === undefined
      ? `The page is guarded and the app’s answer ${reply === 'late' ? 'was late' : 'had no verdict'}, so the network’s page was shown.`
      : `The page is guarded and the app refused the stored shell (${refusal}), so the network’s page was shown.`
  return 'The network’s page was shown.'
}
