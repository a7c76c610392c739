// What a page and its worker say to each other. Each side checks the shape before it acts: any script of the origin can post.

import { isCount, isObject, isString } from './json-shape.ts'

export type ToWorker = { readonly type: 'shell-cache:status' } | { readonly type: 'shell-cache:skip-waiting' }

/** Posted back on the port that came with `shell-cache:status`. */
export type WorkerStatus = {
  readonly type: 'shell-cache:status'
  readonly buildId: string
  /** Records of this build in the database; 0 where the database does not answer. */
  readonly records: number
}

export function isToWorker(value: unknown): value is ToWorker {
  return isObject(value) && (value['type'] === 'shell-cache:status' || value['type'] === 'shell-cache:skip-waiting')
}

export function isWorkerStatus(value: unknown): value is WorkerStatus {
  return (
    isObject(value) && value['type'] === 'shell-cache:status' && isString(value['buildId']) && isCount(value['records'])
  )
}
