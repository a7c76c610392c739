// Makes text of any length, the same in every build, that compresses about as badly as text can: its words hardly repeat.

export function prose(words: number, seed: number): string {
  let state = seed
  const next = (below: number): number => {
    state = (state * 48271) % 2147483647
    return state % below
  }
  const word = (): string => Array.from({ length: 3 + next(7) }, () => LETTERS[next(LETTERS.length)]).join('')
  return Array.from({ length: words }, word).join(' ')
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export const HARBOURS = Array.from({ length: 60 }, (_none, at) => `Harbour of ${prose(2, at + 1)}`)
