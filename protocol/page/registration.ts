// How it is seen from outside that a page registers the worker: its document holds a script of ours where `<ShellCache />` stands in it, and
// one of its scripts holds our client, or the app's own call. For the build and for `doctor`.

import type { ToWorker } from './messages.ts'
import { PUBLIC_FOLDER, WORKER_PATH } from '../wire.ts'

/** Whether a document has `<ShellCache />` in what was prerendered of it: the component loads client/page-scripts/watch.ts. */
export function hasComponent(document: string): boolean {
  return document.includes(`/_next/static/${PUBLIC_FOLDER}/watch.`)
}

/** What our client asks a worker, and no other script. */
const QUESTION: ToWorker['type'] = 'shell-cache:status'

/** Whether a script may register the worker: it holds our client, or names the worker itself. */
export function mayRegister(script: string): boolean {
  return script.includes(QUESTION) || script.includes(WORKER_PATH)
}
