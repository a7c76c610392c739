// Whether a host has switched the shell cache off for every browser: `off` in the header `shell-cache`, next to anything else in it.

export const OFF = 'off'

export function isOff(header: string | null): boolean {
  return /\boff\b/.test(header ?? '')
}
