// Loads watch.ts in a page that the network has sent through the worker and that has no <ShellCache />: Firefox ends a response that passes
// through a worker if the page sends that worker no messages. In pages that the worker assembles, the script follows the shell
// (sw/response/body.ts).

import { watchUrl } from '../env.ts'

export function loadWatch(): void {
  const src = watchUrl()
  if (src === undefined || !navigator.serviceWorker?.controller) return
  if ([...document.scripts].some((script) => script.getAttribute('src') === src)) return
  document.head.append(Object.assign(document.createElement('script'), { src, async: true }))
}
