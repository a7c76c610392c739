// What this server says to every browser, read from the environment once: `SHELL_CACHE_OFF`, on every response, for the workers
// (sw/transport/switch.ts); `SHELL_CACHE_ROLLOUT`, a share, on the worker's script, for the clients (client/register/rollout.ts).
//
//   must add a header and change nothing else of any response;
//   must name no share that is not valid: then the build's share holds.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { formatRollout, parseShare } from '../protocol/page/rollout.ts'
import { OFF } from '../protocol/page/switch.ts'
import { SWITCH_HEADER, WORKER_PATH } from '../protocol/wire.ts'
import { report } from './errors.ts'

type TellSwitch = (incoming: IncomingMessage, response: ServerResponse) => void

let tell: TellSwitch | undefined

/** Must be called for each request, before Next has it. Reads the environment at the first one. */
export function tellSwitch(incoming: IncomingMessage, response: ServerResponse): void {
  tell ??= readSwitch(process.env)
  tell(incoming, response)
}

/** Reports on the console what is wrong in the environment. */
export function readSwitch(env: Readonly<Record<string, string | undefined>>): TellSwitch {
  const everywhere = isSwitchedOff(env['SHELL_CACHE_OFF']) ? [OFF] : []
  const share = shareIn(env['SHELL_CACHE_ROLLOUT'])
  const onScript = share === undefined ? everywhere : [...everywhere, formatRollout(share)]
  return (incoming, response) => {
    const said = isForScript(incoming) ? onScript : everywhere
    if (said.length > 0) response.setHeader(SWITCH_HEADER, said.join(', '))
  }
}

function shareIn(rollout: string | undefined): number | undefined {
  const share = rollout ? parseShare(rollout) : undefined
  if (rollout && share === undefined)
    report(
      `SHELL_CACHE_ROLLOUT is ${JSON.stringify(rollout)}, which is not a share from 0 to 1, such as 0.05.`,
      'The share of the build is used.',
      'Correct it and restart the server.',
    )
  return share
}

/** True if in doubt: anyone who sets the variable at all is in a hurry. */
function isSwitchedOff(off: string | undefined): boolean {
  return off !== undefined && !/^(?:|0|false|no)$/i.test(off)
}

/** Below any `basePath`. */
function isForScript({ url = '' }: IncomingMessage): boolean {
  return url.replace(/\?.*/s, '').endsWith(WORKER_PATH)
}
