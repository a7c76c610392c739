// Makes a shell interactive that nobody resumes: the worker ends it with a script tag that loads this (sw/navigation/tails.ts) when
// the network does not answer. Next's own bootstrap then hydrates the shell from the payload of the same render, whose holes stay
// open, and <ShellCache /> fills them when the origin answers again (fill.ts).
//
// It rests on what Next has for its own fallbacks, undocumented (`client/app-index.js`): `__NEXT_CLIENT_RESUME`, a promise of a
// response with the page's payload, in the place of the payload that a document brings along; and the bootstrap that Next sends
// with the holes. The adapter looks whether both are there (adapter-plugin/pages/starter.ts).
//
//   must hydrate from the shell's own record or not at all: another one's is React #418;
//   must leave a page that it cannot start as it is, readable, until the network is back.

import { readStarter } from '../protocol/starter.ts'
import { PAYLOAD_HEADER } from '../protocol/wire.ts'
import { markStartedOffline } from './page.ts'
import { untilAnswering } from './reconnect.ts'

const { currentScript } = document
const starter = currentScript ? readStarter(currentScript.dataset) : undefined
if (starter) start(starter).catch(() => untilAnswering().then(() => location.reload()))

async function start({ shell, bootstrap }: NonNullable<typeof starter>): Promise<void> {
  const payload = await fetchPayload(shell)
  markStartedOffline()
  Reflect.set(self, '__NEXT_CLIENT_RESUME', Promise.resolve(payload))
  // The first chunk of a payload that is inlined: empty, but Next's client waits for it.
  listOf('__next_f').push([0])
  listOf(bootstrap.global).push(bootstrap.params)
}

/** A list on the global object, or what a script has put into its place since. */
function listOf(name: string): { readonly push: (item: unknown) => unknown } {
  if (!Reflect.get(self, name)) Reflect.set(self, name, [])
  return Reflect.get(self, name)
}

/** Rejects where the worker does not have the payload of this very shell (any more). */
async function fetchPayload(shell: string): Promise<Response> {
  const answer = await fetch(location.href, { headers: { [PAYLOAD_HEADER]: shell } })
  if (answer.headers.get(PAYLOAD_HEADER) !== shell) throw new Error('the payload is not stored')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  // Never closed: what is missing is a hole, not an error.
  const open = new ReadableStream({ start: (controller) => controller.enqueue(bytes) })
  const response = new Response(open, { headers: answer.headers })
  // Next reads the parameters of a fallback's page from it.
  Object.defineProperty(response, 'url', { value: location.href })
  return response
}
