// A line before the worker's own script that notes when it was started and asked: what a cold start is made of, and whether it was one.

import { changeOwnWorker } from '../apps.ts'

/** By the clock of the machine, in milliseconds. */
export type WorkerNotes = {
  /** When its global came to be. */
  readonly began: number
  /** When its script began to run. */
  readonly ran: number
  /** When it was handed the last navigation; 0 where it was handed none. */
  readonly asked: number
}

/** To be called before the server of the build starts. Placed twice, it is there once. */
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

/** Runs in the page. Undefined where no worker controls it. */
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
