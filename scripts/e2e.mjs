// `npm run test:e2e [-- part of a file's name]`: only the browser suite, all of it. `--part=engines` runs one of its parts (e2e/parts.ts).

import { measureSlowness } from './suite/calibrate.mjs'
import { ensureChromium, ensureDependencies, ensureTestPrograms, holdTree, run } from './ensure.mjs'

const PART = /^--part=/
const part = process.argv.find((argument) => PART.test(argument))?.replace(PART, '')
const args = process.argv.slice(2).filter((argument) => !PART.test(argument))

holdTree('npm run test:e2e')
ensureDependencies()
ensureChromium()
ensureTestPrograms()
process.env.SHELL_CACHE_SLOWNESS ??= String(await measureSlowness())
if (part) process.env.SHELL_CACHE_PART = part
run('node', ['scripts/build.mjs'])
run('npx', ['--no-install', 'playwright', 'test', '-c', 'e2e/playwright.config.ts', ...args])
