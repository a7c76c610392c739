// Runs one test file after another in a Vitest that keeps running, each time with a mutant instead of one module. The files on disk are
// never changed: the mutant replaces the module's text when Vitest loads it.
//
//   must report a mutant as killed only if the mutated module was loaded and a test failed: a test file that does not load, a run
//   that reports nothing and a test that timed out prove nothing.

import { fileURLToPath } from 'node:url'

import { createVitest } from 'vitest/node'

/** @typedef {{ path: string, find: string, put: string }} Swap A module, and the replacement in its text. */
/** @typedef {{ path: string, only?: string }} Tests A test file, and a pattern for the names of the tests to run. */
/** @typedef {{ kind: 'killed' | 'survived' } | { kind: 'broken', why: string }} Outcome */

const CONFIG = fileURLToPath(new URL('vitest.config.ts', import.meta.url))

/** Runs its tests one after the other. Two lanes share nothing. */
export class Lane {
  #vitest
  #run = { swap: undefined, isLoaded: false, modules: [] }

  /** @returns {Promise<Lane>} */
  static async open() {
    const lane = new Lane()
    const swaps = { name: 'mutant', enforce: 'pre', transform: (text, id) => lane.#swapped(text, id) }
    const reporter = { onTestModuleEnd: (module) => lane.#run.modules.push(module) }
    const options = {
      config: CONFIG,
      root: process.cwd(),
      watch: false,
      bail: 1,
      pool: 'threads',
      fileParallelism: false,
      reporters: [reporter],
    }
    lane.#vitest = await createVitest('test', options, { plugins: [swaps] })
    return lane
  }

  close() {
    return this.#vitest.close()
  }

  /**
   * Runs a test file against a mutant; without a mutant, tells whether the file passes.
   *
   * @param {Tests} tests
   * @param {Swap} [swap]
   * @returns {Promise<Outcome>}
   */
  async outcome({ path, only }, swap) {
    this.#run = { swap, isLoaded: swap === undefined, modules: [] }
    if (swap) this.#vitest.invalidateFile(swap.path)
    try {
      const found = (await this.#vitest.globTestSpecifications([path])).filter(({ moduleId }) => moduleId === path)
      const meant = only === undefined ? {} : { testNamePattern: new RegExp(only) }
      const specifications = found.map(({ project }) => project.createSpecification(path, meant))
      const { unhandledErrors } = await this.#vitest.runTestSpecifications(specifications, false)
      return judge(this.#run.modules, this.#run.isLoaded, unhandledErrors)
    } finally {
      if (swap) this.#vitest.invalidateFile(swap.path)
    }
  }

  #swapped(text, id) {
    const { swap } = this.#run
    if (swap?.path !== id) return undefined
    this.#run.isLoaded = true
    return text.split(swap.find).join(swap.put)
  }
}

/**
 * @param {readonly import('vitest/node').TestModule[]} modules - The reports of this run.
 * @param {boolean} isLoaded - Whether the test file has loaded the mutated module.
 * @param {readonly unknown[]} unhandled
 * @returns {Outcome}
 */
export function judge(modules, isLoaded, unhandled) {
  const results = modules.flatMap((module) => [...module.children.allTests()]).map((test) => test.result())
  const errors = results
    .filter(({ state }) => state === 'failed')
    .map(({ errors: [first] = [] }) => first?.message ?? '')
  const broken = modules.flatMap((module) => module.errors())[0]
  if (broken) return { kind: 'broken', why: `the test file did not load: ${broken.message}` }
  if (!isLoaded) return { kind: 'broken', why: 'the test file does not load the module' }
  if (errors.some((message) => !isTimeout(message))) return { kind: 'killed' }
  if (errors.length > 0) return { kind: 'broken', why: 'a test ran out of its time, which may be the machine’s doing' }
  if (unhandled.length > 0) return { kind: 'broken', why: 'an error was thrown outside of all tests' }
  if (!results.some(({ state }) => state === 'passed')) return { kind: 'broken', why: 'no test ran' }
  return { kind: 'survived' }
}

const isTimeout = (message) => /^(Test|Hook) timed out in \d+ms/.test(message)
