/**
 * The mutants of one file, and the test file that must notice them. Files are named by the end of their path, long enough to be unique.
 * `find` is in the file exactly once and is replaced by `put`. `only` is a pattern for the names of the tests to run, if others in the
 * test file are slow or would never end.
 */
export type Mutants = {
  readonly file: string
  readonly test: string
  readonly checks: readonly (readonly [name: string, find: string, put: string, only?: string])[]
}
