// Reads a browser's requests from the bytes on the line. Pure.

const HEAD = /^([A-Z]+ \S+) HTTP\/1\.1\r\n/

/** Method and path of the request whose head begins here; undefined for a body. A browser sends a connection's requests one by one. */
export function askedIn(chunk: Buffer): string | undefined {
  return HEAD.exec(chunk.toString('latin1', 0, 4096))?.[1]
}

const NO_DOCUMENT = /^[A-Z]+ \/(_next\/|sw\.js|favicon\.ico)/

/** A whole document, a rest, or a redirect: what a server has to render or to decide. */
export const isDocument = (asked: string): boolean => !NO_DOCUMENT.test(asked)
