// Has the browser prerender stored pages whose links are pointed at. A module of its own beside the app's bundle, which pages that speculate
// load.
//
//   must write nothing where the visitor saves data, or where no worker of ours answers: each page would be a document of the server's;
//   must leave the app's own rules as they are, and lose nothing where the app's policy forbids ours.

import { messageSW } from 'workbox-window/messageSW.js'

import { isWorkerLinks, type ToWorker } from '../../protocol/page/messages.ts'
import { inTime } from '../register/in-time.ts'
import { rulesFor } from './rules.ts'

/** Never rejects. */
export async function speculate(): Promise<void> {
  if (isSaving()) return
  await whenSeen()
  const worker = navigator.serviceWorker?.controller
  const links = worker && (await inTime(messageSW(worker, { type: 'shell-cache:links' } satisfies ToWorker)))
  const rules = isWorkerLinks(links) ? rulesFor(links) : undefined
  if (rules) write(rules)
}

/** Save-Data. Not every browser says it. */
function isSaving(): boolean {
  const line: unknown = Reflect.get(navigator, 'connection')
  return typeof line === 'object' && line !== null && Reflect.get(line, 'saveData') === true
}

/** A page that is prerendered itself prepares none. */
async function whenSeen(): Promise<void> {
  if (Reflect.get(document, 'prerendering') === true)
    await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve, { once: true }))
}

function write(rules: object): void {
  const script = document.createElement('script')
  script.type = 'speculationrules'
  script.textContent = JSON.stringify(rules)
  // A nonce of the app's policy that its own scripts have.
  script.nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
  script.addEventListener('securitypolicyviolation', () =>
    console.warn(
      "[shell-cache] The policy of this page forbids speculation rules, so no page is prerendered. Add 'inline-speculation-rules' to its script-src.",
    ),
  )
  document.head.append(script)
}
