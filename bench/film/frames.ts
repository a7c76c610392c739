// Selects the picture of a page for each moment of a film strip. Pure.

/** What the browser showed from this moment until the next picture. */
export type Frame = {
  /** Milliseconds from the start of the navigation; negative for pictures before it. */
  readonly at: number
  /** A JPEG, in base64. */
  readonly picture: string
}

/** The picture that was shown at each moment; undefined if nothing of the new page had been painted yet. */
export function framesAt(frames: readonly Frame[], moments: readonly number[]): readonly (string | undefined)[] {
  const inOrder = frames.filter(({ at }) => at >= 0).toSorted((one, other) => one.at - other.at)
  return moments.map((moment) => inOrder.findLast(({ at }) => at <= moment)?.picture)
}

/**
 * Equally spaced moments, the last at or after the end of the slower film.
 *
 * @param ends - When each film has its last picture, in milliseconds. @param count - How many moments.
 */
export function momentsFor(ends: readonly number[], count: number): readonly number[] {
  const step = Math.max(50, Math.ceil(Math.max(...ends) / count / 50) * 50)
  return Array.from({ length: count }, (_none, at) => (at + 1) * step)
}
