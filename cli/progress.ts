// What is being done, on a line that the next step overwrites, for a person at a terminal; a file or a pipe gets none of it.
// Made by main.ts, told by doctor.ts.

export type Progress = {
  readonly step: (doing: string) => void
  /** Takes the line away. */
  readonly end: () => void
}

const CLEAR = '\r\u001b[K'

export function progressOn(stream: { readonly isTTY?: boolean; readonly write: (text: string) => unknown }): Progress {
  if (stream.isTTY !== true) return { step: () => {}, end: () => {} }
  return {
    step: (doing) => void stream.write(`${CLEAR}${doing} …`),
    end: () => void stream.write(CLEAR),
  }
}
