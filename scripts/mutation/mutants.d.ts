/**
 * What is taken away from one file, and the test file that misses it. Files are named by as much of their path as no other has.
 * `find` is in the file exactly once, and `put` stands there instead; `only` is a pattern of the names of the tests that are meant,
 * where others of the test file take long or would wait for ever.
 */
export type Mutants = {
  readonly file: string
  readonly test: string
  readonly checks: readonly (readonly [name: string, find: string, put: string, only?: string])[]
}
