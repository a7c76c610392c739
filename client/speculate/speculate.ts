// Has the browser prerender stored pages whose links are pointed at. A module of its own beside the app's bundle, which pages that speculate
// load.
//
//   must have no rules there while the visitor saves data, or where no worker of ours answers: each page would be a document of the server's;
//   must leave the app's own rules as they are;
//   must not try what the page's policy forbids, as far as that can be known: the browser would report an error of the app's.

import { messageSW } from 'workbox-window/messageSW.js'

import type { Eagerness } from '../../protocol/page/eagerness.ts'
import { isWorkerLinks, type ToWorker } from '../../protocol/page/messages.ts'
import type { HeaderList } from '../../protocol/record/record.ts'
import { permitsRules } from '../../protocol/page/rules-policy.ts'
import { inTime } from '../register/in-time.ts'
import { rulesFor } from './rules.ts'

/** Never rejects. */
export async function speculate(eagerness: Eagerness): Promise<void> {
  await whenSeen()
  const worker = navigator.serviceWorker?.controller
  const links = worker && (await inTime(messageSW(worker, { type: 'shell-cache:links' } satisfies ToWorker)))
  const rules = isWorkerLinks(links) ? rulesFor(links, eagerness) : undefined
  if (!rules || !isWorkerLinks(links)) return
  // A nonce of the app's policy that its own scripts have.
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
  if (!permitsRules([...links.headers, ...policiesInPage()], nonce)) return console.info(FORBIDDEN)
  const line = connection()
  let script: HTMLScriptElement | undefined
  const follow = (): void => {
    // Chromium reads rules once: those that come back are another script.
    const isWanted = !isSaving(line)
    if (!isWanted) script?.remove()
    script = isWanted ? (script ?? write(rules, nonce)) : undefined
  }
  follow()
  line?.addEventListener('change', follow)
  // The first is some 80 ms before the click; a key has the second alone.
  for (const type of ['pointerdown', 'click'])
    document.addEventListener(type, tellPress, { capture: true, passive: true })
}

/** What was prepared and waits for the origin's word is shown from then on as it would be without. */
function tellPress({ target }: Event): void {
  if (target instanceof Element && target.closest('a[href]'))
    navigator.serviceWorker.controller?.postMessage({ type: 'shell-cache:pressed' } satisfies ToWorker)
}

const FORBIDDEN =
  "[shell-cache] The policy of this page forbids speculation rules, so no page is prerendered. Add 'inline-speculation-rules' to its script-src."

/** Not every browser has it. */
function connection(): EventTarget | undefined {
  const line: unknown = Reflect.get(navigator, 'connection')
  return line instanceof EventTarget ? line : undefined
}

/** Save-Data, which may come while the page is open: browsers end what they prepare by rules that are taken away. */
function isSaving(line: EventTarget | undefined): boolean {
  return line !== undefined && Reflect.get(line, 'saveData') === true
}

/** A page that is prerendered itself prepares none. */
async function whenSeen(): Promise<void> {
  if (Reflect.get(document, 'prerendering') === true)
    await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve, { once: true }))
}

function policiesInPage(): HeaderList {
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[http-equiv="content-security-policy" i]')
  return [...metas].map(({ content }) => ['content-security-policy', content])
}

function write(rules: object, nonce = ''): HTMLScriptElement {
  const script = document.createElement('script')
  script.type = 'speculationrules'
  script.textContent = JSON.stringify(rules)
  script.nonce = nonce
  // A page that is not stored has a policy that the worker does not know.
  script.addEventListener('securitypolicyviolation', () => console.warn(FORBIDDEN))
  document.head.append(script)
  return script
}
