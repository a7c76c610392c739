// Shows the current step on a line that the next step overwrites, but only in a terminal, not in a file or a pipe.
// Made by main.ts, used by doctor.ts.

export type Progress = {
  readonly step: (doing: string) => void
  /** Removes the line. */
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
