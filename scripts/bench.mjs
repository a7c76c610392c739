// `npm run bench` measures an app with and without the worker, `npm run bench:gate` what a resume costs the origin. Both build
// first, print tables, write them to bench/results/, and fail for no figure.

import { ensureChromium, ensureDependencies, run } from './ensure.mjs'

ensureDependencies()
const isGate = process.argv[2] === 'gate'
if (!isGate) ensureChromium()
run('node', ['scripts/build.mjs'])
// Node 20 runs no TypeScript; Vite does, and is there.
const { runnerImport } = await import('vite')
const file = isGate ? './bench/gate.ts' : './bench/run.ts'
const { module } = await runnerImport(file, { logLevel: 'warn', oxc: { target: 'node20' } })
await (isGate ? module.runGateBench() : module.runBench())
