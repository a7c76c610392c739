/// <reference lib="webworker" />
// Serwist as its documentation has it for Next, with the one line that brings the shell cache.

import { defaultCache } from '@serwist/next/worker'
import { installShellCacheRoutes } from 'next-shell-cache/sw'
import { Serwist } from 'serwist'

new Serwist({
  skipWaiting: true,
  clientsClaim: true,
  navigationPreload: true,
  runtimeCaching: [...installShellCacheRoutes(), ...defaultCache],
}).addEventListeners()
