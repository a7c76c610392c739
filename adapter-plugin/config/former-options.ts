// Former names of options, which work for one minor version more. Pure.

import { isObject, type JsonObject } from '../../protocol/json-shape.ts'
import { type Problem, problems } from '../errors.ts'

type Renamed = { readonly options: JsonObject; readonly former: readonly Problem[] }

/** Options under their names of today, and what to say of the former ones. A name of today wins over its former one. */
export function renameFormer({ deadlines, observe, ...today }: JsonObject): Renamed {
  return {
    options: {
      ...(deadlines === undefined ? {} : { timeouts: toTimeouts(deadlines) }),
      ...(observe === undefined ? {} : { invalidateOn: observe }),
      ...today,
    },
    former: [
      ...(deadlines === undefined ? [] : [problems.renamedOption('deadlines', TIMEOUTS)]),
      ...(observe === undefined ? [] : [problems.renamedOption('observe', '`invalidateOn`')]),
    ],
  }
}

const TIMEOUTS = '`timeouts`, with `response` for `answer` and `idle` for `silence`'

/** Anything else is wrong, and is said to be so under the name of today. */
function toTimeouts(deadlines: unknown): unknown {
  if (!isObject(deadlines)) return deadlines
  const { answer, silence, ...same } = deadlines
  return {
    ...same,
    ...(answer === undefined ? {} : { response: answer }),
    ...(silence === undefined ? {} : { idle: silence }),
  }
}
