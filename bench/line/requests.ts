// What a browser has asked for, read off the line. Pure.

const HEAD = /^([A-Z]+ \S+) HTTP\/1\.1\r\n/

/** Method and path of a request whose head begins here, as a browser sends one after the other on a connection; undefined for what is its body. */
export function askedIn(chunk: Buffer): string | undefined {
  return HEAD.exec(chunk.toString('latin1', 0, 4096))?.[1]
}

const NO_DOCUMENT = /^[A-Z]+ \/(_next\/|sw\.js|favicon\.ico)/

/** A whole one, the rest of one, or a redirect to one: what a server has to render, or to decide. */
export const isDocument = (asked: string): boolean => !NO_DOCUMENT.test(asked)
