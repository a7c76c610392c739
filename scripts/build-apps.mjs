// Builds the apps that the browser suite visits, all of them or only the named ones: `node scripts/build-apps.mjs shop plain`.

// Node 20 cannot run TypeScript; Vite can, and is a dependency already.
import { runnerImport } from 'vite'

const { module } = await runnerImport('./e2e/harness/builds/build-apps.ts', {
  logLevel: 'warn',
  oxc: { target: 'node20' },
})
await module.buildApps(process.argv.slice(2))
