// What a navigation goes by, beside its own request. Made by navigate.ts.

import type { Waits } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { Network } from '../transport/plain.ts'

export type Means = {
  readonly config: WorkerConfig
  /** Asks for what there is now; whether our origin has answered. */
  readonly update: () => Promise<boolean>
  readonly network: Network
  readonly waits: Waits
}
