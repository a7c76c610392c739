// The app in which everything is broken on purpose (faults.spec.ts). FAULTS_BUILD is written into every shell, so two builds of this
// app differ in it.

import { withShellCache } from 'next-shell-cache'

const timeouts = { store: 2000, response: 3000, idle: 3000 }

export default withShellCache(
  { cacheComponents: true, env: { FAULTS_BUILD: process.env.FAULTS_BUILD ?? 'one' } },
  { timeouts },
)
