/// <reference lib="webworker" />
// Serwist as in its documentation for Next, plus the one line for the shell cache.

import { defaultCache } from '@serwist/next/worker'
import { installShellCacheRoutes } from 'next-shell-cache/sw'
import { Serwist } from 'serwist'

new Serwist({
  skipWaiting: true,
  clientsClaim: true,
  navigationPreload: true,
  runtimeCaching: [...installShellCacheRoutes(), ...defaultCache],
}).addEventListeners()
