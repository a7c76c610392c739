// Makes a shell interactive that has no rest: if the network does not answer, the worker ends the shell with a script tag that loads this
// (sw/response/tails.ts). React then hydrates the shell from the payload of the same render. The holes stay open until the origin answers
// again and <ShellCache /> fills them (fill.ts). A page that has started early is hydrated already, and stays open. A copy
// (sw/copies/copies.ts) has all that it needs, and is filled again when the origin answers.
//
//   must hydrate from the shell's own record or not at all: another record's payload is React error #418;
//   must leave a page that it cannot start readable, and reload it when the origin answers. Success is seen only in what the page does,
//   because it is undocumented how Next starts (flight-stream.ts).

import { readBootScript, type BootScript } from '../../protocol/flight/bootstrap-script.ts'
import { PAYLOAD_HEADER } from '../../protocol/wire.ts'
import { globalList, takeFlightStream } from './flight-stream.ts'
import { markStartedOffline, type StartedPage } from '../page.ts'
import { untilAnswering } from './reconnect.ts'
import { reloadOnceAMinute } from './reload.ts'
import { spelledAs } from './spelling.ts'

/** How long React may take to hydrate the component that fills the page, once it has all that it needs. */
const HYDRATED_WITHIN_MS = 10_000

const { currentScript } = document
const bootScript = currentScript ? readBootScript(currentScript.dataset) : undefined
if (bootScript) void start(bootScript)

async function start({ shell, bootstrap, isEarly, copyAge }: BootScript): Promise<void> {
  // A copy has its payload in the document, which ends as it did at the visit.
  if (copyAge !== undefined) {
    const page = markStartedOffline(copyAge)
    await hydrated(page)
    return refill(page)
  }
  // Before the first await: the document ends after this script, and Next would close its stream.
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

/** Must run before React compares the shell with the address. */
function spellAddress(payload: string): void {
  const { pathname, search, hash } = location
  const spelled = spelledAs(payload, pathname)
  if (spelled !== pathname) history.replaceState(history.state, '', spelled + search + hash)
}

/** Undefined if the worker does not have the payload of exactly this shell (any more). */
async function fetchPayload(shell: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(location.href, { headers: { [PAYLOAD_HEADER]: shell } })
    return answer.headers.get(PAYLOAD_HEADER) === shell ? new Uint8Array(await answer.arrayBuffer()) : undefined
  } catch {
    return undefined
  }
}
