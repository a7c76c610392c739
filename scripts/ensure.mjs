// Installs what every command needs on a machine that has only Node: the dependencies, a Chromium, two more browsers for the fault
// matrix, nginx and Redis for some specs. Uses only Node until they are installed. If something required is not available, the command
// ends with a sentence.

import { Stop } from './ensure/run.mjs'

export { ensureChromium, ensureTestPrograms } from './ensure/browsers.mjs'
export { ensureDependencies } from './ensure/dependencies.mjs'
export { run } from './ensure/run.mjs'
export { holdTree } from './ensure/tree-lock.mjs'

// Handled once for all commands: each of their steps may end the command.
process.on('uncaughtException', (error) => {
  console.error(error instanceof Stop ? `\n${error.message}` : error)
  process.exit(1)
})
