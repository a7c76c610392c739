// What each option of the build comes to in this browser, in a sentence. Pure.

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
    return `${formatCount(count, 'page')} left to the network for it.`
  },
  maxConcretePages: ({ inspection }, { pages }) => {
    const concrete = inspection?.records.filter(({ key, route }) => key !== route && !isDynamic(key)) ?? []
    const all = pages.filter(({ key, mode }) => mode !== 'off' && !isDynamic(key)).length
    return `${concrete.length} of them stored here; the build has ${formatCount(all, 'page')} that could be.`
  },
  maxLazyAssetBytes: ({ files }) =>
    `${formatCount(files, 'file')} of this build in Cache Storage, those of the shells with them.`,
  timeouts: () => 'Drawn as lines in the timelines above, if a visit came near one.',
  budget: ({ inspection }, { options: { budget } }) => {
    const records = inspection?.records ?? []
    const bytes = records.reduce((sum, record) => sum + record.bytes, 0)
    const { records: most, bytes: mostBytes } = isObject(budget) ? budget : {}
    return `${records.length} of ${Number(most)} records, ${formatBytes(bytes)} of ${formatBytes(Number(mostBytes))}.`
  },
  offline: ({ inspection }, { options: { offline } }) => {
    if (offline === null) return 'A plain page stands for what is not stored.'
    const isStored = inspection?.records.some(({ key }) => key === offline)
    return isStored
      ? 'Stored: it stands for what is not.'
      : 'Not stored here: a plain error of the browser stands for what is not.'
  },
  expiredOffline: ({ inspection, at }) => {
    const records = inspection?.records ?? []
    const expired = records.filter(({ expire, receivedAt }) => expire !== undefined && at - receivedAt >= expire * 1000)
    return `${formatCount(expired.length, 'record')} past expiry here.`
  },
  offlineCopies: (_snapshot, { options: { offlineCopies } }) =>
    Array.isArray(offlineCopies) && offlineCopies.length > 0
      ? 'Pages of these routes are kept for a day as they were seen.'
      : 'No page is kept as it was seen.',
  invalidateOn: () => 'Answers to writing requests below these paths are looked at, those to server actions always.',
  update: ({ isUpdateWaiting }) => (isUpdateWaiting ? 'A newer worker is waiting.' : 'No worker is waiting.'),
  transport: ({ inspection }) => {
    const replies = inspection?.visits.map(({ reply }) => reply) ?? []
    const count = replies.filter((reply) => reply === 'resumed').length
    return `${formatCount(count, 'resume')} among the navigations above.`
  },
  preload: ({ preload, inspection }) => {
    if (!preload?.enabled) return 'Off in this browser.'
    const count = inspection?.visits.filter(({ isPreloaded }) => isPreloaded).length ?? 0
    return `On, with the header “${preload.headerValue}”; ${formatCount(count, 'navigation')} above came by it.`
  },
  earlyStart: (_snapshot, { options: { earlyStart } }) =>
    earlyStart === false
      ? 'Pages are interactive when their holes come.'
      : 'Pages are interactive before their holes come, from the third visit on.',
  register: (_snapshot, { options: { register } }) =>
    register === false
      ? 'The app registers the worker.'
      : 'Each page registers the worker, where the build said nothing else.',
  postponedState: ({ inspection }) =>
    `${formatCount(inspection?.records.filter(({ kind }) => kind === 'resuming').length ?? 0, 'state')} stored here.`,
  actions: (_snapshot, { options: { actions } }) =>
    actions === true ? 'Server actions carry the state of the page’s shell.' : 'Server actions are Next’s, untouched.',
  worker: (_snapshot, { options: { worker } }) =>
    worker === null ? 'The worker is the one of this package.' : 'The app’s own worker, with the shell cache in it.',
  publicWorker: (_snapshot, { workerUrl }) => `The worker is asked for at ${workerUrl} in any case.`,
  rollout: (_snapshot, { options: { rollout } }) =>
    rollout === null
      ? 'Every browser gets the worker.'
      : 'This browser is in the share. The server may name another one than the build.',
  holdout: (_snapshot, { options: { holdout } }) =>
    holdout === 0 ? 'No browser is held out.' : 'This browser is not held out.',
  inspector: () => 'This page.',
  debug: (_snapshot, { options: { debug } }) =>
    debug === true ? 'Each navigation is on the worker’s console.' : 'The worker’s console is quiet.',
  uninstall: () => 'The worker stays.',
}
