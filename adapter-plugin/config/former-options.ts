// Former names of options, which still work for one minor version. Pure.

import { isObject, type JsonObject } from '../../protocol/json-shape.ts'
import { type Problem, problems } from '../errors.ts'

type Renamed = { readonly options: JsonObject; readonly former: readonly Problem[] }

/** The options under their current names, and a message for each former name. The current name wins over the former one. */
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

/** Any other value is wrong. The validation then reports it under the current name. */
function toTimeouts(deadlines: unknown): unknown {
  if (!isObject(deadlines)) return deadlines
  const { answer, silence, ...same } = deadlines
  return {
    ...same,
    ...(answer === undefined ? {} : { response: answer }),
    ...(silence === undefined ? {} : { idle: silence }),
  }
}
