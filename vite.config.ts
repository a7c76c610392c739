// Builds every entry of package.json's `exports` and the worker that the adapter emits: one environment a runtime, each
// with a folder of its own (two environments in one folder overwrite each other's shared chunk).

import { defineConfig, type EnvironmentOptions, type Rolldown } from 'vite'

type RolldownLog = NonNullable<Rolldown.InputOptions['onLog']>

// Workbox ships its development branches: they make a worker three times as large, and fail where client code is rendered on
// a server.
const PRODUCTION = { 'process.env.NODE_ENV': '"production"' }

/** Warns of the `"use client"` that it keeps; e2e/dist.spec.ts looks whether it did. */
const keepQuietOnDirectives: RolldownLog = (level, log, handler) => {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log)
}

function library(
  outDir: string,
  entry: Record<string, string>,
  external: (string | RegExp)[],
  define: Record<string, string> = {},
): EnvironmentOptions {
  return {
    consumer: 'client',
    define,
    resolve: { conditions: ['module', 'import', 'default'] },
    build: {
      outDir: `dist/${outDir}`,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      reportCompressedSize: false,
      lib: { entry, formats: ['es'] },
      rolldownOptions: {
        external,
        onLog: keepQuietOnDirectives,
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' },
      },
    },
  }
}

const workerBundle: EnvironmentOptions = {
  consumer: 'client',
  define: PRODUCTION,
  build: {
    outDir: 'dist/worker-bundle',
    emptyOutDir: true,
    target: 'es2022',
    minify: 'oxc',
    reportCompressedSize: false,
    lib: { entry: { sw: 'sw/index.ts' }, formats: ['iife'], name: 'ShellCacheWorker' },
    rolldownOptions: { output: { entryFileNames: 'sw.js' } },
  },
}

export default defineConfig({
  environments: {
    node: library(
      'node',
      {
        index: 'adapter-plugin/index.ts',
        adapter: 'adapter-plugin/adapter.ts',
        origin: 'origin/index.ts',
        register: 'origin/register.ts',
      },
      [/^node:/, /^next(\/|$)/, /^next-shell-cache/],
    ),
    window: library('window', { client: 'client/index.ts', react: 'client/react.tsx' }, [/^react(\/|$)/], PRODUCTION),
    worker: library('worker', { sw: 'sw/index.ts' }, [], PRODUCTION),
    workerBundle,
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['node', 'window', 'worker', 'workerBundle']) {
        const environment = builder.environments[name]
        if (environment) await builder.build(environment)
      }
    },
  },
})
