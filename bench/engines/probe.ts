// Adds a line before the worker's script that notes when the worker was started and when it got a navigation. It shows whether a start was
// cold, and its steps.

import { changeOwnWorker } from '../apps.ts'

/** In milliseconds, by the machine's clock. */
export type WorkerNotes = {
  /** When the worker's global scope was created. */
  readonly began: number
  /** When its script began to run. */
  readonly ran: number
  /** When it got the last navigation; 0 if it got none. */
  readonly asked: number
}

/** Must be called before the build's server starts. A second call does not add the line again. */
export async function placeProbe(folder: string): Promise<void> {
  const line = `/*probe*/(${noteStart.toString().replaceAll(/\n\s*/g, ' ')})();\n`
  await changeOwnWorker(folder, (script) => line + script.replace(PROBE, ''))
}

const PROBE = /^\/\*probe\*\/.*\n/

/** Runs in the worker, so it can use nothing of this file. */
function noteStart(): void {
  const now = (): number => performance.timeOrigin + performance.now()
  const ran = now()
  let asked = 0
  addEventListener('fetch', (event) => {
    const request: unknown = Reflect.get(event, 'request')
    if (request instanceof Request && request.mode === 'navigate') asked = now()
  })
  addEventListener('message', ({ data, ports }) => {
    if (data === 'bench:notes') ports[0]?.postMessage({ began: performance.timeOrigin, ran, asked })
  })
}

/** Runs in the page. Undefined if no worker controls it. */
export async function readNotes(): Promise<WorkerNotes | undefined> {
  const { controller } = navigator.serviceWorker
  if (!controller) return undefined
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise<MessageEvent<WorkerNotes>>((resolve) => {
    port1.addEventListener('message', resolve)
    port1.start()
  })
  controller.postMessage('bench:notes', [port2])
  return (await answer).data
}
