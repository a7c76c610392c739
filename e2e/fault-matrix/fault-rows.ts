// The rows of the fault matrix that can be provoked in every browser, by their numbers in the matrix.

import type { IncomingMessage } from 'node:http'

import { expect } from '@playwright/test'

import { PRELOAD_HEADER, RESUME_HEADER } from '../../protocol/wire.ts'
import { SCHEMA_VERSION } from '../../sw/store/schema.ts'
import { until, untilAnotherDocument } from '../engines/driver.ts'
import { readEnding, untilStill, untilWhole } from '../engines/page.ts'
import type { Cut, Fault } from '../harness/servers/relay.ts'
import {
  bendShells,
  blockTable,
  deleteDatabase,
  makeEmptyDatabase,
  replaceDatabase,
} from '../harness/in-page/store-faults.ts'
import type { FaultRow, Stage, Step } from './fault-row.ts'

type Incoming = Pick<IncomingMessage, 'method' | 'url' | 'headers'>
/** A POST or a navigation preload. A preload of a reload is none: it has `cache-control`. */
const isResume = ({ method, headers }: Incoming): boolean =>
  method === 'POST' || (headers[PRELOAD_HEADER] !== undefined && headers['cache-control'] === undefined)
/** The document of the home page, which most rows visit. */
const isDocument = ({ method, url }: Incoming): boolean => method === 'GET' && /^\/(\?|$)/.test(url ?? '')

const onResume =
  (fault: Fault): Step =>
  ({ relay }) => {
    relay.fault = (incoming) => (isResume(incoming) ? fault : undefined)
  }

const hideFromOrigin = ({ stripped }: Stage['relay']): void => {
  for (const name of [RESUME_HEADER, PRELOAD_HEADER]) stripped.add(name)
}

const cutResume =
  (cut: Cut): Step =>
  ({ relay }) => {
    relay.cut = (incoming) => (isResume(incoming) ? cut : undefined)
  }

const inStore =
  <Args extends readonly unknown[]>(script: (...args: Args) => Promise<void>, ...args: Args): Step =>
  ({ tab }) =>
    tab.run(script, ...args)

/** Answers the first `count` documents with a fault, later ones normally. */
const onDocuments =
  (count: number, fault: Fault): Step =>
  ({ relay }) => {
    let left = count
    relay.fault = (incoming) => {
      if (isResume(incoming)) return 'reset'
      return isDocument(incoming) && left-- > 0 ? fault : undefined
    }
  }

const REFUSED: Fault = { status: 409, headers: { 'shell-cache-verdict': 'refused; reason=busy' } }
/** The document before the reload is whole, too: only a new document shows that the reload has begun. */
const reload: Step = ({ tab }) => untilAnotherDocument(tab, () => tab.run(() => location.reload()).catch(() => {}))
const updateWorker: Step = ({ tab }) => tab.run(async () => void (await (await navigator.serviceWorker.ready).update()))

const WHOLE = { end: 'whole', documents: ['instant'] } as const
const FROM_NETWORK = { end: 'whole', documents: ['network'], spoilsStore: true } as const
const RELOADED = { end: 'whole', documents: ['instant', 'network'] } as const

export const ROWS: readonly FaultRow[] = [
  { id: 'F0', what: 'nothing is broken', arrange: () => {}, ...WHOLE },
  {
    id: 'F1 F4',
    what: 'a newer version of the database was opened under the worker, whose own is refused',
    arrange: inStore(makeEmptyDatabase, 99),
    ...FROM_NETWORK,
  },
  { id: 'F2', what: 'the database never answers', arrange: inStore(blockTable), ...FROM_NETWORK },
  {
    id: 'F5',
    what: 'the database is somebody else’s',
    arrange: inStore(replaceDatabase, SCHEMA_VERSION),
    ...FROM_NETWORK,
  },
  {
    id: 'F7',
    what: 'the browser has emptied the database',
    async arrange(stage) {
      // Done from a document that is no page of the app: a page's late report to the worker would fill the database again.
      await stage.tab.open(`${stage.relay.origin}/icon.svg`)
      await stage.tab.run(deleteDatabase)
    },
    ...FROM_NETWORK,
  },
  {
    id: 'F7',
    what: 'the browser has removed the worker and kept the database',
    arrange: ({ tab }) => tab.run(async () => void (await (await navigator.serviceWorker.ready).unregister())),
    ...FROM_NETWORK,
  },
  { id: 'F9', what: 'a stored shell has changed', arrange: inStore(bendShells), ...FROM_NETWORK },
  { id: 'F13', what: 'the origin refuses', arrange: onResume(REFUSED), ...WHOLE },
  { id: 'F13', what: 'the origin is in trouble', arrange: onResume({ status: 503, body: 'later' }), ...WHOLE },
  {
    id: 'F13',
    what: 'the origin resumes another record',
    arrange: onResume({
      status: 200,
      headers: { 'shell-cache-verdict': `resumed; shell=${'A'.repeat(43)}; current=${'A'.repeat(43)}` },
      body: 'other bytes</body></html>',
    }),
    ...WHOLE,
  },
  {
    id: 'F13',
    what: 'the origin has no part of ours',
    arrange: ({ relay }) => hideFromOrigin(relay),
    ...WHOLE,
  },
  {
    id: 'F13',
    what: 'the origin refuses and the page has another shell',
    arrange: ({ relay, next }) => relay.turnTo(next.port),
    spoilsStore: true,
    ...RELOADED,
    sooner: ['network'],
  },
  {
    id: 'F13',
    what: 'neither resume nor document is to be had, and then it is',
    arrange: onDocuments(1, { status: 502, body: 'later' }),
    ...RELOADED,
  },
  { id: 'F14', what: 'the resume is reset', arrange: onResume('reset'), ...WHOLE },
  {
    id: 'F15',
    what: 'the network goes away behind the shell',
    arrange: ({ relay }) => relay.down(),
    end: 'still',
    documents: ['instant'],
  },
  {
    id: 'F15',
    what: 'the network goes away behind the shell and comes back',
    arrange: ({ relay }) => relay.down(),
    async during({ tab, relay }) {
      await untilStill(tab)
      await relay.up()
    },
    ...WHOLE,
  },
  { id: 'F16', what: 'the resume is never answered', arrange: onResume('silence'), ...WHOLE },
  {
    id: 'F16',
    what: 'nothing is answered in time, and then everything is',
    arrange: ({ relay }) => void (relay.fault = () => 'silence'),
    async during({ tab, relay }) {
      await until(tab, Boolean, readEnding)
      relay.fault = undefined
      relay.endSilence()
    },
    ...WHOLE,
  },
  { id: 'F17', what: 'the resume falls silent', arrange: cutResume({ after: 1500, by: 'silence' }), ...RELOADED },
  { id: 'F18', what: 'the resume breaks off', arrange: cutResume({ after: 1500, by: 'reset' }), ...RELOADED },
  {
    id: 'F19',
    what: 'the resume ends early, as if it were whole',
    arrange: cutResume({ after: 1500, by: 'end' }),
    ...RELOADED,
  },
  {
    id: 'F18',
    what: 'the document behind the shell breaks off',
    arrange: ({ relay }) => {
      let documents = 0
      hideFromOrigin(relay)
      relay.cut = (incoming) => (isDocument(incoming) && documents++ === 0 ? { after: 5000, by: 'reset' } : undefined)
    },
    ...RELOADED,
  },
  {
    id: 'F22',
    what: 'a new worker takes over while the page streams',
    path: '/?ms=1500',
    arrange: () => {},
    async during(stage) {
      const { exchanges } = stage.relay
      await expect
        .poll(() => exchanges.some((exchange) => exchange.url === '/?ms=1500' && isResume(exchange)))
        .toBe(true)
      stage.relay.turnTo(stage.next.port)
      await updateWorker(stage)
    },
    spoilsStore: true,
    ...WHOLE,
  },
  {
    id: 'F26',
    what: 'two instances of different builds answer in turn',
    arrange: ({ relay, server, next }) => {
      relay.route = (incoming) => (isResume(incoming) ? next.port : server.port)
    },
    spoilsStore: true,
    ...WHOLE,
    // The preload's response is already the document, of the other build.
    preloaded: RELOADED.documents,
  },
  {
    id: 'F31',
    what: 'a hole redirects',
    path: '/moved',
    heading: 'Whole',
    arrange: () => {},
    end: 'whole',
    documents: ['instant', 'static'],
  },
  { id: 'F31', what: 'a hole is not found', path: '/missing', heading: 'Nothing here', arrange: () => {}, ...WHOLE },
  { id: 'F31', what: 'a hole throws', path: '/throws', heading: 'That went wrong', arrange: () => {}, ...WHOLE },
  {
    id: 'F34',
    what: 'the visitor reloads',
    arrange: () => {},
    async during(stage) {
      await untilWhole(stage.tab)
      await reload(stage)
    },
    ...RELOADED,
  },
]
