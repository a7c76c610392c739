// Whether a worker can store the scripts and styles of a shell: without them its page opens, but only with a network. Called by
// doctor.ts.

import type { Answer } from './ask.ts'
import { fine, type Finding } from './checks.ts'
import type { Script } from './deployment.ts'

/** @param app - The app's own origin; a file on another has to let it read (CORS). */
export function checkScripts(scripts: readonly Script[], app: string): Finding {
  const name = 'scripts'
  const missing = scripts.find(({ answer }) => answer?.status !== 200)
  if (missing)
    return {
      name,
      verdict: 'mend',
      found: missing.answer
        ? `${missing.url.href} answers with status ${missing.answer.status}: no browser keeps its page.`
        : `${missing.url.href} does not answer: nothing runs in its page.`,
      todo: 'Serve all of .next/static of the build that the worker belongs to.',
    }
  const closed = scripts.find(({ url, answer }) => url.origin !== app && !letsRead(answer, app))
  if (closed)
    return {
      name,
      verdict: 'mend',
      found: `${closed.url.origin} does not let the worker read: pages open without a network, but nothing runs in them.`,
      todo: `Have it answer with \`Access-Control-Allow-Origin: ${app}\`, or \`*\`.`,
    }
  return fine(name, `All ${scripts.length} of the shell can be stored.`)
}

function letsRead(answer: Answer | undefined, app: string): boolean {
  const allowed = answer?.headers['access-control-allow-origin']
  return allowed === '*' || allowed === app
}
