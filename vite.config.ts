// Builds every entry of package.json's `exports` and the worker that the adapter emits: one environment a runtime, each
// with a folder of its own (two environments in one folder overwrite each other's shared chunk).

import { defineConfig, type EnvironmentOptions, type Rolldown } from 'vite'

import { writeNotices } from './scripts/release/third-party-notices.mjs'

type RolldownLog = NonNullable<Rolldown.InputOptions['onLog']>

// Workbox ships its development branches: they make a worker three times as large, and fail where client code is rendered on
// a server.
const PRODUCTION = { 'process.env.NODE_ENV': '"production"' }

/** Warns of the `"use client"` that it keeps; e2e/specs/builds/dist.spec.ts looks whether it did. */
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

/** One script without imports, for a worker or for a page. An IIFE has one entry, so each bundle is an environment. */
function workerBundle(
  entry: string,
  fileName: string,
  emptyOutDir: boolean,
  format: 'iife' | 'es' = 'iife',
): EnvironmentOptions {
  return {
    consumer: 'client',
    define: PRODUCTION,
    build: {
      outDir: 'dist/worker-bundle',
      emptyOutDir,
      target: 'es2022',
      minify: 'oxc',
      reportCompressedSize: false,
      lib: { entry, formats: [format], name: 'ShellCacheWorker' },
      rolldownOptions: {
        // idb's shortcuts of a database and its iterators, which nothing here uses (sw/store/idb.ts): half a kilobyte, gzipped.
        treeshake: { manualPureFunctions: ['replaceTraps'] },
        output: { entryFileNames: fileName, generatedCode: { symbols: false }, minify: true },
      },
    },
  }
}

export default defineConfig({
  environments: {
    node: library(
      'node',
      {
        index: 'adapter-plugin/index.ts',
        adapter: 'adapter-plugin/adapter.ts',
        cli: 'cli/main.ts',
        playwright: 'playwright/index.ts',
        origin: 'origin/index.ts',
        register: 'origin/register.ts',
      },
      [/^node:/, /^next(\/|$)/, /^next-shell-cache/, '@playwright/test'],
    ),
    window: library(
      'window',
      { client: 'client/index.ts', auto: 'client/auto.ts', react: 'client/react.tsx' },
      [/^react(\/|$)/, /^next(\/|$)/],
      PRODUCTION,
    ),
    worker: library(
      'worker',
      { sw: 'sw/entries/own-worker.ts', 'without-shells': 'sw/entries/without-shells.ts' },
      [],
      PRODUCTION,
    ),
    workerBundle: workerBundle('sw/entries/default-worker.ts', 'sw.js', true),
    uninstallBundle: workerBundle('sw/entries/uninstall.ts', 'sw-uninstall.js', false),
    copyingWorkerBundle: workerBundle('sw/entries/copying-worker.ts', 'sw-copying.js', false),
    inspectedWorkerBundle: workerBundle('sw/entries/inspected-worker.ts', 'sw-inspected.js', false),
    watchBundle: workerBundle('client/page-scripts/watch.ts', 'watch.js', false),
    holesBundle: workerBundle('client/page-scripts/holes.ts', 'holes.js', false),
    // A module: who loads it calls it.
    reportBundle: workerBundle('client/report/report-page.ts', 'report.js', false, 'es'),
    speculateBundle: workerBundle('client/speculate/speculate.ts', 'speculate.js', false, 'es'),
    runScriptsBundle: workerBundle('client/page-scripts/run-scripts.ts', 'run-scripts.js', false),
    staleHolesBundle: workerBundle('client/page-scripts/stale-holes.ts', 'stale-holes.js', false),
    startOfflineBundle: workerBundle('client/page-scripts/start-offline.ts', 'start-offline.js', false),
    inspectorBundle: workerBundle('client/inspector/main.tsx', 'inspector.js', false),
  },
  builder: {
    async buildApp(builder) {
      const modules: string[] = []
      for (const name of [
        'node',
        'window',
        'worker',
        'workerBundle',
        'copyingWorkerBundle',
        'inspectedWorkerBundle',
        'uninstallBundle',
        'watchBundle',
        'holesBundle',
        'reportBundle',
        'speculateBundle',
        'runScriptsBundle',
        'staleHolesBundle',
        'startOfflineBundle',
        'inspectorBundle',
      ]) {
        const environment = builder.environments[name]
        const built = environment ? [await builder.build(environment)].flat() : []
        for (const result of built)
          for (const chunk of 'output' in result ? result.output : [])
            if (chunk.type === 'chunk') modules.push(...chunk.moduleIds)
      }
      writeNotices(modules, 'dist/THIRD-PARTY-NOTICES.txt')
    },
  },
})
