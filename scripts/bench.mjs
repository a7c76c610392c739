// `npm run bench`: builds the shop and measures it with and without the worker. Prints a table, fails for no figure.

import { ensureChromium, ensureDependencies, run } from './ensure.mjs'

ensureDependencies()
ensureChromium()
run('node', ['scripts/build.mjs'])
// Node 20 runs no TypeScript; Vite does, and is there.
const { runnerImport } = await import('vite')
const { module } = await runnerImport('./bench/run.ts', { logLevel: 'warn', oxc: { target: 'node20' } })
await module.runBench()
