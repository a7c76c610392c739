// Makes the browser prerender stored pages whose links are pointed at. A separate module, not in the app's bundle: only pages that
// speculate load it.
//
//   must have no rules in the page while the visitor saves data, or if no worker of ours answers: each page would then be a document;
//   must not change the app's own rules;
//   must not try what the page's policy forbids, as far as we can know: the browser would report it as an error of the app.

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
  // The nonce of the app's policy, from the app's own scripts.
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
  if (!permitsRules([...links.headers, ...policiesInPage()], nonce)) return console.info(FORBIDDEN)
  const line = connection()
  let script: HTMLScriptElement | undefined
  const follow = (): void => {
    // Chromium reads rules once: to bring them back, it needs a new script element.
    const isWanted = !isSaving(line)
    if (!isWanted) script?.remove()
    script = isWanted ? (script ?? write(rules, nonce)) : undefined
  }
  follow()
  line?.addEventListener('change', follow)
  // `pointerdown` comes some 80 ms before `click`; a key press only has `click`.
  for (const type of ['pointerdown', 'click'])
    document.addEventListener(type, tellPress, { capture: true, passive: true })
}

/** From the press on, a prerendered page that waits for the origin is shown like any other page (sw/navigation/press.ts). */
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

/** Save-Data, which may be turned on while the page is open: browsers end their prerendering when its rules are removed. */
function isSaving(line: EventTarget | undefined): boolean {
  return line !== undefined && Reflect.get(line, 'saveData') === true
}

/** A page that is itself being prerendered must not prerender others. */
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
  // The worker does not know the policy of a page that is not stored.
  script.addEventListener('securitypolicyviolation', () => console.warn(FORBIDDEN))
  document.head.append(script)
  return script
}
