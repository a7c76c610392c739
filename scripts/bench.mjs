// Starts a run of the bench by its name (bench/README.md). Every run builds first, prints tables and writes them to bench/results/. No
// figure makes a run fail.

import { ensureChromium, ensureDependencies, holdTree, run } from './ensure.mjs'

const BENCHES = {
  run: ['./bench/navigation.ts', 'runNavigationBench'],
  interactive: ['./bench/navigation.ts', 'runInteractiveBench'],
  ways: ['./bench/ways/run.ts', 'runWaysBench'],
  soft: ['./bench/soft/run.ts', 'runSoftBench'],
  engines: ['./bench/engines/run.ts', 'runEnginesBench'],
  first: ['./bench/first-visit/run.ts', 'runFirstVisitBench'],
  report: ['./bench/field/run.ts', 'runFieldBench'],
  film: ['./bench/film/run.ts', 'runFilmBench'],
  gate: ['./bench/gate.ts', 'runGateBench'],
  load: ['./bench/origin-load.ts', 'runOriginLoadBench'],
  pages: ['./bench/many-pages.ts', 'runManyPagesBench'],
}

holdTree('npm run bench')
ensureDependencies()
const name = process.argv[2] ?? 'run'
if (['run', 'interactive', 'ways', 'soft', 'first', 'report', 'film'].includes(name)) ensureChromium()
run('node', ['scripts/build.mjs'])
// Node 20 cannot run TypeScript; Vite can, and is a dependency already.
const { runnerImport } = await import('vite')
for (const each of name === 'run' && !process.env.BENCH_CELLS ? ['run', 'film'] : [name]) {
  const [file, start] = BENCHES[each]
  const { module } = await runnerImport(file, { logLevel: 'warn', oxc: { target: 'node20' } })
  await module[start]()
}
