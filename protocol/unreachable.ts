// Exhaustiveness: a union that grows makes every switch that forgot the new member fail to compile.

/** Marks a branch that the types rule out. Throws if it is reached all the same, with what was there. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`)
}
