// Finds the script that watches over the page. Only the worker sends it, after a shell without <ShellCache />; no server does.

const WATCH_TAG = /<script src="[^"]*\/shell-cache\/watch\.[\w-]+\.js" async><\/script>/

/** The bytes that the network would send for the page. @param body - What the worker assembled. */
export function withoutWatch(body: Buffer): Buffer {
  return Buffer.from(body.toString('latin1').replace(WATCH_TAG, ''), 'latin1')
}
