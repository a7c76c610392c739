// Checks whether a worker can store the scripts and styles of a shell. Without them its page opens, but only with a network.

import { pass, type Finding } from './checks.ts'
import type { Script } from './deployment.ts'

type Obstacle = Required<Pick<Finding, 'message' | 'fix'>>

/** @param app - The app's own origin. A file on another origin must allow it to read the file (CORS). */
export function checkScripts(scripts: readonly Script[], app: string): Finding {
  const name = 'scripts'
  const [obstacle] = scripts.flatMap((script) => obstacleIn(script, app) ?? [])
  return obstacle
    ? { name, status: 'fail', ...obstacle }
    : pass(name, `All ${scripts.length} of the shell can be stored.`)
}

/** In the order in which a worker meets the obstacles (sw/install/assets.ts): it sees no status of a file that it cannot read. */
function obstacleIn({ url, answer }: Script, app: string): Obstacle | undefined {
  const fix = 'Serve all of .next/static, from the build that the worker belongs to.'
  if (!answer) return { message: `${url.href} does not answer, so no browser can store it.`, fix }
  const allowed = answer.headers['access-control-allow-origin']
  if (url.origin !== app && allowed !== '*' && allowed !== app)
    return {
      message: `${url.origin} does not let the worker read its files. Pages open without a network, but nothing runs in them.`,
      fix: `Make it answer with \`Access-Control-Allow-Origin: ${app}\`, or \`*\`.`,
    }
  if (answer.status !== 200)
    return { message: `${url.href} answers with status ${answer.status}, so no browser stores its page.`, fix }
  return undefined
}
