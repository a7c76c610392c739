// Builds the apps that the browser suite visits, all or those that are named: `node scripts/build-apps.mjs shop plain`.

// Node 20 runs no TypeScript; Vite does, and is there.
import { runnerImport } from 'vite'

const { module } = await runnerImport('./e2e/harness/builds/build-apps.ts', {
  logLevel: 'warn',
  oxc: { target: 'node20' },
})
await module.buildApps(process.argv.slice(2))
