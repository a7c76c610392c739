// Everything that the page shows of this browser, asked for at once: of the worker, of Cache Storage, of the registration.

import { namesOf } from '../../protocol/app-names.ts'
import {
  type InspectedBuild,
  type Inspection,
  isInspection,
  type ToInspectedWorker,
} from '../../protocol/inspection.ts'
import { isDone, type ToWorker } from '../../protocol/messages.ts'

/** Milliseconds; a worker that has to start and a database that is slow answer in fewer. */
const PATIENCE = 10_000

export type Sight = {
  /** Why nothing is known, where nothing is. */
  readonly worker: 'absent' | 'silent' | 'older' | 'active'
  readonly inspection: Inspection | undefined
  readonly isUpdateWaiting: boolean
  readonly preload: NavigationPreloadState | undefined
  /** Files of this build in Cache Storage. */
  readonly files: number
  /** When all this was seen. */
  readonly at: number
}

/** Never rejects. */
export async function look(build: InspectedBuild): Promise<Sight> {
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
): Sight['worker'] {
  if (!registration?.active) return 'absent'
  if (!inspection) return 'silent'
  return inspection.buildId === buildId ? 'active' : 'older'
}

/** Whether the worker has done it. */
export async function tell(build: InspectedBuild, message: ToInspectedWorker | ToWorker): Promise<boolean> {
  const answer = await ask(await registrationOf(build), message)
  return isDone(answer) && answer.ok
}

function registrationOf(build: InspectedBuild): Promise<ServiceWorkerRegistration | undefined> {
  return navigator.serviceWorker.getRegistration(scopeOf(build))
}

/** Of the app's worker; its stores are named by it. */
export function scopeOf({ workerUrl }: InspectedBuild): string {
  return workerUrl.replace(/\/[^/]*$/, '') || '/'
}

function ask(registration: ServiceWorkerRegistration | undefined, message: object): Promise<unknown> {
  const active = registration?.active
  if (!active) return Promise.resolve(undefined)
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE)
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- would need port1.start() too
    port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data)
    active.postMessage(message, [port2])
  })
}

async function countFiles(build: InspectedBuild): Promise<number> {
  const name = namesOf(scopeOf(build)).assets + build.buildId
  return (await caches.has(name)) ? (await (await caches.open(name)).keys()).length : 0
}
