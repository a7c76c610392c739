// Bundles each worker in bench/workers into one script, as a site would ship it.

import { join } from 'node:path'

import { build } from 'vite'

import { ROOT } from '../e2e/harness/paths.ts'

export async function bundleWorker(name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    // Otherwise Workbox and Serwist include their development code.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      minify: 'oxc',
      lib: { entry: join(ROOT, 'bench', 'workers', `${name}.ts`), formats: ['iife'], name: 'BenchWorker' },
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const chunk = outputs.flatMap((each) => ('output' in each ? each.output : [])).find((each) => each.type === 'chunk')
  if (!chunk) throw new Error(`no script came of the worker ${name}`)
  return chunk.code
}

const SLOW = /^\{const boot=.*\}\n/

/** The same script after this many milliseconds of work. Replaces the delay of an earlier call. */
export function slowScript(script: string, boot: number): string {
  const own = script.replace(SLOW, '')
  return boot === 0 ? own : `{const boot=performance.now();while(performance.now()-boot<${boot});}\n${own}`
}
