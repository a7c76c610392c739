// What this server says to every browser at once, as the environment has it when the server starts: `SHELL_CACHE_ROLLOUT`, a share. It goes
// with the worker's script, which clients ask for (client/rollout.ts).
//
//   must add a header and change nothing else of any answer;
//   must say nothing where the variable does not read: the build's share holds then.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { formatRollout, parseShare } from '../protocol/rollout.ts'
import { SWITCH_HEADER, WORKER_PATH } from '../protocol/wire.ts'
import { report } from './errors.ts'

type TellSwitch = (incoming: IncomingMessage, response: ServerResponse) => void

let tell: TellSwitch | undefined

/** To be called for each request, before Next has it. Reads the environment at the first one. */
export function tellSwitch(incoming: IncomingMessage, response: ServerResponse): void {
  tell ??= readSwitch(process.env)
  tell(incoming, response)
}

/** Says on the console what is wrong in the environment. */
export function readSwitch({ SHELL_CACHE_ROLLOUT: rollout }: Readonly<Record<string, string | undefined>>): TellSwitch {
  const share = rollout ? parseShare(rollout) : undefined
  if (rollout && share === undefined)
    report(
      `SHELL_CACHE_ROLLOUT is ${JSON.stringify(rollout)}, not a share from 0 to 1, as 0.05 is.`,
      'The share of the build holds.',
      'Correct it and restart the server.',
    )
  if (share === undefined) return () => {}
  const said = formatRollout(share)
  return (incoming, response) => {
    if (isForScript(incoming)) response.setHeader(SWITCH_HEADER, said)
  }
}

/** Below whichever `basePath`. */
function isForScript({ url = '' }: IncomingMessage): boolean {
  return url.replace(/\?.*/s, '').endsWith(WORKER_PATH)
}
