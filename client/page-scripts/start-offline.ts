// Makes a shell interactive that no one resumes: the worker ends it with a script tag that loads this (sw/response/tails.ts) when
// the network does not answer. React then hydrates the shell from the payload of the same render, whose holes stay open, and
// <ShellCache /> fills them when the origin answers again (fill.ts). A page that has begun early is hydrated already, and stays open. One
// that is a copy (sw/copies/copies.ts) has all that it needs, and is filled anew when the origin answers.
//
//   must hydrate from the shell's own record or not at all: another one's is React #418;
//   must leave a page that it cannot start as it is, readable, and load it anew when the origin answers. Whether it could is seen in what
//   the page does: how Next starts is undocumented (flight-stream.ts).

import { readBootScript, type BootScript } from '../../protocol/flight/bootstrap-script.ts'
import { PAYLOAD_HEADER } from '../../protocol/wire.ts'
import { globalList, takeFlightStream } from './flight-stream.ts'
import { markStartedOffline, type StartedPage } from '../page.ts'
import { untilAnswering } from './reconnect.ts'
import { reloadOnceAMinute } from './reload.ts'
import { spelledAs } from './spelling.ts'

/** How long React may take to hydrate what fills the page, once it has all that it needs. */
const HYDRATED_WITHIN_MS = 10_000

const { currentScript } = document
const bootScript = currentScript ? readBootScript(currentScript.dataset) : undefined
if (bootScript) void start(bootScript)

async function start({ shell, bootstrap, isEarly, copyAge }: BootScript): Promise<void> {
  // Its payload is in the document, which ends as it did at the visit.
  if (copyAge !== undefined) {
    const page = markStartedOffline(copyAge)
    await hydrated(page)
    return refill(page)
  }
  // Before anything is awaited: the document ends behind this script, and Next would close its stream.
  const stream = takeFlightStream(isEarly)
  const page = markStartedOffline()
  if (bootstrap && !isEarly) globalList(bootstrap.global).push(bootstrap.params)
  const payload = isEarly ? new Uint8Array(0) : await fetchPayload(shell)
  if (payload) {
    if (!isEarly) {
      spellAddress(new TextDecoder().decode(payload))
      void stream.then((controller) => controller.enqueue(payload))
    }
    await hydrated(page)
  }
  await refill(page)
}

async function hydrated({ whenFillable }: StartedPage): Promise<void> {
  await Promise.race([whenFillable, new Promise((resolve) => setTimeout(resolve, HYDRATED_WITHIN_MS))])
}

async function refill(page: StartedPage): Promise<void> {
  await untilAnswering()
  if (!page.fill()) await reloadOnceAMinute()
}

/** Before React compares the shell with it. */
function spellAddress(payload: string): void {
  const { pathname, search, hash } = location
  const spelled = spelledAs(payload, pathname)
  if (spelled !== pathname) history.replaceState(history.state, '', spelled + search + hash)
}

/** Undefined where the worker does not have the payload of this very shell (any more). */
async function fetchPayload(shell: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(location.href, { headers: { [PAYLOAD_HEADER]: shell } })
    return answer.headers.get(PAYLOAD_HEADER) === shell ? new Uint8Array(await answer.arrayBuffer()) : undefined
  } catch {
    return undefined
  }
}
