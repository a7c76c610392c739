// What every command needs on a machine that has only Node: the dependencies, a Chromium, for the fault matrix two more browsers, for
// some specs an nginx and a Redis. Uses nothing but Node until they are there. What cannot be had ends the command with a sentence.

import { Stop } from './ensure/run.mjs'

export { ensureChromium, ensureTestPrograms } from './ensure/browsers.mjs'
export { ensureDependencies } from './ensure/dependencies.mjs'
export { run } from './ensure/run.mjs'
export { holdTree } from './ensure/tree-lock.mjs'

// Once for every command: each is a list of steps that may end it.
process.on('uncaughtException', (error) => {
  console.error(error instanceof Stop ? `\n${error.message}` : error)
  process.exit(1)
})
