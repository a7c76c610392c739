// Has a page watched over that the network has sent through the worker, and that has no <ShellCache /> to do so: Firefox ends what passes
// through a worker of which the page asks nothing. In a page that the worker has written it stands behind the shell (sw/response/body.ts).

import { watchUrl } from '../env.ts'

export function loadWatch(): void {
  const src = watchUrl()
  if (src === undefined || !navigator.serviceWorker?.controller) return
  if ([...document.scripts].some((script) => script.getAttribute('src') === src)) return
  document.head.append(Object.assign(document.createElement('script'), { src, async: true }))
}
