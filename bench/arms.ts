// The arms of the comparison. Data, used by the whole bench.

export type Arm = {
  readonly name: string
  /** BENCH_ARM of the build that serves the arm (bench/app/next.config.ts). */
  readonly build: 'plain' | 'preload' | 'post' | 'prefix' | 'early'
  /** Another worker, by its file in bench/workers. */
  readonly foreign?: 'serwist' | 'network-first' | 'cache-first' | 'constant'
  /** The worker answers with its own page, without a hole and without React. */
  readonly isFloor?: true
}

export const NO_WORKER: Arm = { name: 'no worker', build: 'plain' }
/** The null comparison: if the interval of its ratio does not include 1, that shows what the run cannot tell apart. */
export const NO_WORKER_AGAIN: Arm = { name: 'no worker, again', build: 'plain' }
export const SERWIST: Arm = { name: 'Serwist', build: 'plain', foreign: 'serwist' }
export const NETWORK_FIRST: Arm = { name: 'network first', build: 'plain', foreign: 'network-first' }
export const CACHE_FIRST: Arm = { name: 'cache first', build: 'plain', foreign: 'cache-first' }
export const PRELOAD: Arm = { name: 'ours, preload', build: 'preload' }
export const POST: Arm = { name: 'ours, POST', build: 'post' }
export const PREFIX: Arm = { name: 'ours, prefix', build: 'prefix' }
/** The preload arm with the option `earlyStart`, which is off in every other build of the bench. */
export const EARLY: Arm = { name: 'ours, early start', build: 'early' }
export const FLOOR: Arm = { name: 'floor', build: 'plain', foreign: 'constant', isFloor: true }

export const ARMS: readonly Arm[] = [
  NO_WORKER,
  NO_WORKER_AGAIN,
  SERWIST,
  NETWORK_FIRST,
  CACHE_FIRST,
  PRELOAD,
  POST,
  PREFIX,
  EARLY,
  FLOOR,
]
export const OURS: readonly Arm[] = [PRELOAD, POST, PREFIX, EARLY]
export const FOREIGN_WORKERS = ['serwist', 'network-first', 'cache-first', 'constant'] as const

export const isOurs = ({ build }: Arm): boolean => build !== 'plain'
export const hasWorker = (arm: Arm): boolean => isOurs(arm) || arm.foreign !== undefined
