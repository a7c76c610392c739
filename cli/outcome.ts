// What a command comes to. Made by each of them, printed by main.ts.

export type Outcome = {
  readonly text: string
  /** Whether all is well: else the command's exit code is 1. */
  readonly passed: boolean
  /** What was asked for, whatever it says: it goes to the standard output. Anything else that is not fine is a complaint. */
  readonly isReport?: true
}
