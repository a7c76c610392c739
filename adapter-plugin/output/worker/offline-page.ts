// What a visitor without a network gets instead of a page that is not stored: the app's page that the option `offline` names, or a
// plain page.

import type { Offline } from '../../../protocol/build/worker-config.ts'
import type { Served } from '../../pages/classify.ts'
import { problems, tell } from '../../errors.ts'
import type { Settings } from '../../config/options.ts'

/** @param served - The pages that have records. */
export function offlineOf({ offline, expiredOffline }: Settings, served: readonly Served[]): Offline {
  const isStored = served.some(({ candidate, mode }) => candidate.key === offline && mode === 'instant')
  if (offline !== undefined && !isStored) tell(problems.noOfflinePage(offline))
  return { page: offline !== undefined && isStored ? { key: offline } : { html: PLAIN_PAGE }, expired: expiredOffline }
}

/** The worker sets its headers, so the app's policy does not block its script. The page requests its own URL until the server answers. */
const PLAIN_PAGE = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Offline</title><style>body{font:1rem/1.5 system-ui;max-width:30rem;margin:20vh auto;padding:0 1rem}@media(prefers-color-scheme:dark){body{background:#111;color:#eee}}</style><h1>You are offline</h1><p>This page is not stored on this device. It opens by itself when the network is back.</p><script>setInterval(()=>document.hidden||fetch(location,{cache:'no-store'}).then(r=>r.status<500&&location.reload(),()=>{}),2000)</script></html>`
