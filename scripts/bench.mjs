// `npm run bench`: builds the shop and measures it with and without the worker. Prints a table, fails for no figure.

import { ensureChromium, ensureDependencies, run } from './ensure.mjs'

ensureDependencies()
ensureChromium()
run('node', ['scripts/build.mjs'])
run('npx', ['--no-install', 'playwright', 'test', '-c', 'bench/playwright.config.ts'])
