// What the page knows of this browser: a snapshot of the worker, of Cache Storage and of the registration, taken in one go. Also sends the
// page's messages to the worker.

import { namesOf } from '../../protocol/app-names.ts'
import {
  type InspectedBuild,
  type Inspection,
  isInspection,
  type ToInspectedWorker,
} from '../../protocol/page/inspection.ts'
import { isDone, type ToWorker } from '../../protocol/page/messages.ts'

/** Long enough for a worker that has to start, on a slow database. */
const ANSWER_TIMEOUT_MS = 10_000

export type Snapshot = {
  /** `silent`: it did not answer. `older`: it is of another build than this page. */
  readonly worker: 'absent' | 'silent' | 'older' | 'active'
  readonly inspection: Inspection | undefined
  readonly isUpdateWaiting: boolean
  readonly preload: NavigationPreloadState | undefined
  /** Files of this build in Cache Storage. */
  readonly files: number
  /** When the snapshot was taken. */
  readonly at: number
}

/** Never rejects. */
export async function inspect(build: InspectedBuild): Promise<Snapshot> {
  const registration = await registrationOf(build).catch(() => undefined)
  const [answer, preload, files] = await Promise.all([
    ask(registration, { type: 'shell-cache:inspect' }),
    registration?.navigationPreload?.getState().catch(() => undefined),
    countFiles(build).catch(() => 0),
  ])
  const inspection = isInspection(answer) ? answer : undefined
  return {
    worker: stateOf(registration, inspection, build),
    inspection,
    isUpdateWaiting: registration?.waiting != null,
    preload,
    files,
    at: Date.now(),
  }
}

function stateOf(
  registration: ServiceWorkerRegistration | undefined,
  inspection: Inspection | undefined,
  { buildId }: InspectedBuild,
): Snapshot['worker'] {
  if (!registration?.active) return 'absent'
  if (!inspection) return 'silent'
  return inspection.buildId === buildId ? 'active' : 'older'
}

export type Message = ToInspectedWorker | ToWorker

/** Resolves to whether the worker has done it. Also false if there is no worker or it did not answer. Never rejects. */
export async function send(build: InspectedBuild, message: Message): Promise<boolean> {
  const answer = await ask(await registrationOf(build).catch(() => undefined), message)
  return isDone(answer) && answer.ok
}

function registrationOf(build: InspectedBuild): Promise<ServiceWorkerRegistration | undefined> {
  return navigator.serviceWorker.getRegistration(scopeOf(build))
}

/** The scope of the app's worker: its stores are named after it. */
export function scopeOf({ workerUrl }: InspectedBuild): string {
  return workerUrl.replace(/\/[^/]*$/, '') || '/'
}

function ask(registration: ServiceWorkerRegistration | undefined, message: object): Promise<unknown> {
  const active = registration?.active
  if (!active) return Promise.resolve(undefined)
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    setTimeout(resolve, ANSWER_TIMEOUT_MS)
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- would need port1.start() too
    port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data)
    active.postMessage(message, [port2])
  })
}

async function countFiles(build: InspectedBuild): Promise<number> {
  const name = namesOf(scopeOf(build)).assets + build.buildId
  return (await caches.has(name)) ? (await (await caches.open(name)).keys()).length : 0
}
