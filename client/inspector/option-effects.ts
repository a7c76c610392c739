// The effect of each option of the build in this browser, in one sentence. Pure.

import type { InspectedBuild } from '../../protocol/page/inspection.ts'
import { isObject } from '../../protocol/json-shape.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import { formatBytes, formatCount } from './format.ts'
import type { Snapshot } from './snapshot.ts'

/** Empty for an option that this page does not know. */
export function effectOf(name: string, snapshot: Snapshot, build: InspectedBuild): string {
  return EFFECTS[name]?.(snapshot, build) ?? ''
}

type Effect = (snapshot: Snapshot, build: InspectedBuild) => string

const EFFECTS: Readonly<Record<string, Effect>> = {
  routes: (_snapshot, { pages }) => {
    const count = pages.filter(({ reason }) => reason.startsWith('an option says so')).length
    return `${formatCount(count, 'page')} served as this option says.`
  },
  maxShellBytes: (_snapshot, { pages }) => {
    const count = pages.filter(({ reason }) => reason.startsWith('its shell is larger')).length
    return `${formatCount(count, 'page')} left to the network because of it.`
  },
  maxConcretePages: ({ inspection }, { pages }) => {
    const concrete = inspection?.records.filter(({ key, route }) => key !== route && !isDynamic(key)) ?? []
    const all = pages.filter(({ key, mode }) => mode !== 'off' && !isDynamic(key)).length
    return `${concrete.length} of them stored here; the build has ${formatCount(all, 'page')} that could be.`
  },
  maxLazyAssetBytes: ({ files }) =>
    `${formatCount(files, 'file')} of this build in Cache Storage, including those of the shells.`,
  timeouts: () => 'Drawn as lines in the timelines above, if a visit came near one.',
  budget: ({ inspection }, { options: { budget } }) => {
    const records = inspection?.records ?? []
    const bytes = records.reduce((sum, record) => sum + record.bytes, 0)
    const { records: most, bytes: mostBytes } = isObject(budget) ? budget : {}
    return `${records.length} of ${Number(most)} records, ${formatBytes(bytes)} of ${formatBytes(Number(mostBytes))}.`
  },
  offline: ({ inspection }, { options: { offline } }) => {
    if (offline === null) return 'A plain page is shown for pages that are not stored.'
    const isStored = inspection?.records.some(({ key }) => key === offline)
    return isStored
      ? 'Stored here. It is shown for pages that are not.'
      : 'Not stored here. The browser shows its own error for pages that are not.'
  },
  expiredOffline: ({ inspection, at }) => {
    const records = inspection?.records ?? []
    const expired = records.filter(({ expire, receivedAt }) => expire !== undefined && at - receivedAt >= expire * 1000)
    return `${formatCount(expired.length, 'record')} past expiry here.`
  },
  offlineCopies: (_snapshot, { options: { offlineCopies } }) =>
    Array.isArray(offlineCopies) && offlineCopies.length > 0
      ? 'Pages of these routes are kept for a day as they were last seen.'
      : 'No page is kept as it was last seen.',
  staleHoles: ({ inspection }, { options: { staleHoles } }) => {
    const count = inspection?.visits.filter(({ hadStaleHoles }) => hadStaleHoles).length ?? 0
    return staleHoles === true
      ? `${formatCount(count, 'navigation')} above showed what holes had shown before.`
      : 'On a slow network holes are open until their content comes.'
  },
  invalidateOn: () =>
    'The worker reads responses to requests that write below these paths, and always those to server actions.',
  update: ({ isUpdateWaiting }) => (isUpdateWaiting ? 'A newer worker is waiting.' : 'No worker is waiting.'),
  transport: ({ inspection }) => {
    const replies = inspection?.visits.map(({ reply }) => reply) ?? []
    const count = replies.filter((reply) => reply === 'resumed').length
    return `${formatCount(count, 'resume')} among the navigations above.`
  },
  preload: ({ preload, inspection }) => {
    if (!preload?.enabled) return 'Off in this browser.'
    const count = inspection?.visits.filter(({ isPreloaded }) => isPreloaded).length ?? 0
    return `On, with the header “${preload.headerValue}”; ${formatCount(count, 'navigation')} above used it.`
  },
  earlyStart: (_snapshot, { options: { earlyStart } }) =>
    earlyStart === false
      ? 'Pages become interactive when their holes arrive.'
      : 'From the third visit on, pages are interactive before their holes arrive.',
  dictionary: (_snapshot, { options: { dictionary } }) =>
    dictionary === false
      ? 'What follows a shell is compressed as always.'
      : 'What follows a shell is compressed with the build’s dictionary, if the server can.',
  register: (_snapshot, { options: { register } }) =>
    register === false
      ? 'The app registers the worker.'
      : 'Each page registers the worker, unless the build said otherwise.',
  speculate: ({ inspection }, { options: { speculate } }) => {
    const forbidding = inspection?.records.filter(({ permitsRules }) => !permitsRules) ?? []
    const forbidden = `The policy of ${formatCount(forbidding.length, 'stored page')} forbids speculation rules, so their links are not prerendered.`
    return `${preparing(speculate !== false)}${forbidding.length > 0 ? ` ${forbidden}` : ''}`
  },
  postponedState: ({ inspection }) =>
    `${formatCount(inspection?.records.filter(({ kind }) => kind === 'resuming').length ?? 0, 'state')} stored here.`,
  actions: (_snapshot, { options: { actions } }) =>
    actions === true ? 'Server actions carry the state of the page’s shell.' : 'Server actions are Next’s, untouched.',
  worker: (_snapshot, { options: { worker } }) =>
    worker === null ? 'This package’s own worker.' : 'The app’s own worker, with the shell cache in it.',
  publicWorker: (_snapshot, { workerUrl }) => `Browsers always ask for the worker at ${workerUrl}.`,
  rollout: (_snapshot, { options: { rollout } }) =>
    rollout === null
      ? 'Every browser gets the worker.'
      : 'This browser is in the share. The server may set another share than the build.',
  holdout: (_snapshot, { options: { holdout } }) =>
    holdout === 0 ? 'No browser is held out.' : 'This browser is not held out.',
  inspector: () => 'This page.',
  debug: (_snapshot, { options: { debug } }) =>
    debug === true ? 'Each navigation is on the worker’s console.' : 'The worker’s console is quiet.',
  uninstall: () => 'The worker stays.',
}

function preparing(isOption: boolean): string {
  if (!HTMLScriptElement.supports?.('speculationrules')) return 'This browser has no speculation rules.'
  if (isSaving()) return 'This browser saves data, so no page is prepared before a click.'
  return isOption
    ? 'Links to stored instant pages are prerendered.'
    : 'No page is prepared before a click, unless a component says so.'
}

function isSaving(): boolean {
  const line: unknown = Reflect.get(navigator, 'connection')
  return isObject(line) && line['saveData'] === true
}
