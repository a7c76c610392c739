/**
 * What you import in `next.config`.
 *
 * @packageDocumentation
 */

export { type AnyConfig, type ConfigFunction, withShellCache } from './config/with-shell-cache.ts'
export type { ShellCacheOptions } from './config/shell-cache-options.ts'
export type { Mode } from '../protocol/build/route-match.ts'
export type { Eagerness } from '../protocol/page/eagerness.ts'
export type { Budget, Timeouts, Transport } from '../protocol/build/worker-config.ts'
