// The outcome of a command. Each command returns one, and main.ts prints it.

export type Outcome = {
  readonly text: string
  /** Whether all is well. Otherwise the exit code of the command is 1. */
  readonly passed: boolean
  /** Whether the text is the requested result, good or bad. It goes to standard output; any other failure goes to standard error. */
  readonly isReport?: true
}
