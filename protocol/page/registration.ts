// Tells from outside whether a page registers the worker: its document has a script of ours if `<ShellCache />` is in it, and one of its
// scripts holds our client, or the app's own call. For the build and for `doctor`.

import type { ToWorker } from './messages.ts'
import { PUBLIC_FOLDER, WORKER_PATH } from '../wire.ts'

/** Whether the prerendered part of a document has `<ShellCache />`: the component loads client/page-scripts/watch.ts. */
export function hasComponent(document: string): boolean {
  return document.includes(`/_next/static/${PUBLIC_FOLDER}/watch.`)
}

/** Only our client asks a worker this, and no other script. */
const QUESTION: ToWorker['type'] = 'shell-cache:status'

/** Whether a script may register the worker: it holds our client, or names the worker itself. */
export function mayRegister(script: string): boolean {
  return script.includes(QUESTION) || script.includes(WORKER_PATH)
}
