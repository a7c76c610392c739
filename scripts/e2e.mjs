// `npm run test:e2e [-- part of a file's name]`: the browser suite alone, all of it. `--part=engines` is one of its parts (e2e/parts.ts).

import { ensureChromium, ensureDependencies, ensureTestPrograms, holdTree, run } from './ensure.mjs'

/** The apps that these parts visit; `test` visits all. */
const APPS = {
  engines: 'faults faults-next shop-preload shop-inspected',
  long: 'shop proxied faults faults-next lowest',
}

const PART = /^--part=/
const part = process.argv.find((argument) => PART.test(argument))?.replace(PART, '')
const args = process.argv.slice(2).filter((argument) => !PART.test(argument))

holdTree('npm run test:e2e')
ensureDependencies()
ensureChromium()
ensureTestPrograms()
if (part) process.env.SHELL_CACHE_PART = part
if (APPS[part]) process.env.SHELL_CACHE_BUILD ??= APPS[part]
run('node', ['scripts/build.mjs'])
run('npx', ['--no-install', 'playwright', 'test', '-c', 'e2e/playwright.config.ts', ...args])
