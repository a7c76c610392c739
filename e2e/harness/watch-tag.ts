// What the worker sends behind a shell without <ShellCache />, and no server does: the script that watches over the page.

const WATCH_TAG = /<script src="[^"]*\/shell-cache\/watch\.[\w-]+\.js" async><\/script>/

/** The bytes that the page would have from the network. @param body - What the worker has assembled. */
export function withoutWatch(body: Buffer): Buffer {
  return Buffer.from(body.toString('latin1').replace(WATCH_TAG, ''), 'latin1')
}
