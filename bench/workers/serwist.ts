// Serwist as in its documentation for Next, with navigation preload. Without a precache: its manifest would add files to the install, not
// to a navigation. Bundled by bench/bundle-worker.ts.

import { defaultCache } from '@serwist/next/worker'
import { Serwist } from 'serwist'

new Serwist({
  skipWaiting: true,
  clientsClaim: true,
  navigationPreload: true,
  runtimeCaching: defaultCache,
}).addEventListeners()
