// Checks whether the shell of a page has the security headers that the network sends with the page. The build does not know the headers
// that a server, nginx or a CDN adds to each response. Browsers learn them (sw/store/host-head.ts).

import { isSecurityHeader } from '../../protocol/build/host-headers.ts'
import type { ShellRecord } from '../../protocol/record/record.ts'
import type { Answer } from './ask.ts'
import { type Finding, pass } from './checks.ts'

type Answered = Pick<Answer, 'headers'>

/** @param again - Another response for the same page. A header that differs between the two changes with every response. */
export function checkHeaders(answer: Answered, again: Answered, record: Pick<ShellRecord, 'headers'>): Finding {
  const name = 'security headers'
  const [network, other, shell] = [securityOf(answer), securityOf(again), ofRecord(record)]
  const weaker = [...network].filter(([header, value]) => shell.get(header) !== value).map(([header]) => header)
  if (weaker.length === 0) return pass(name, 'The shell has all that the page has.')
  const changing = weaker.filter((header) => network.get(header) !== other.get(header))
  const message = `${weaker.join(', ')}: the page has it from the network, but not from its shell. Something other than next.config adds it.`
  const isLearned =
    'Browsers learn it from the responses for each page. If `/sw.js` has it, too, they show a page’s shell only after that.'
  return changing.length === 0
    ? {
        name,
        status: 'warn',
        message: `${message} ${isLearned}`,
        fix: 'Set it in `headers()` of next.config. Then first visits open from shells, too.',
      }
    : {
        name,
        status: 'fail',
        message: `${message} ${changing.join(', ')} differs from response to response. A shell has the last value, and with a nonce no shell is shown.`,
        fix: "Set in `headers()` of next.config what stays the same. For pages where that is not possible, set `routes: { '/**': 'gated' }`.",
      }
}

function securityOf({ headers }: Answered): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(headers).flatMap(([name, values]) =>
      values === undefined || !isSecurityHeader(name) ? [] : [[name, [values].flat().join(', ')]],
    ),
  )
}

function ofRecord({ headers }: Pick<ShellRecord, 'headers'>): ReadonlyMap<string, string> {
  const joined = new Map<string, string>()
  for (const [name, value] of headers) joined.set(name, joined.has(name) ? `${joined.get(name)}, ${value}` : value)
  return joined
}
