// `npm run test:e2e [-- part of a file's name]`: the browser suite alone.

import { ensureChromium, ensureDependencies, ensureTestPrograms, holdTree, run } from './ensure.mjs'

holdTree('npm run test:e2e')
ensureDependencies()
ensureChromium()
ensureTestPrograms()
run('node', ['scripts/build.mjs'])
run('npx', ['--no-install', 'playwright', 'test', '-c', 'e2e/playwright.config.ts', ...process.argv.slice(2)])
