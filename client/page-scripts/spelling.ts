// The spelling of the address in a shell. Next prerenders a page for `/a%2Bb`, and `usePathname()` renders that into the shell. In a
// browser at `/a+b` it returns `/a+b`, and React finds a text that differs from the shell's. Pure.

/**
 * The path in the spelling for which the payload was rendered. Unchanged if the payload is of a route or of another page.
 *
 * @param payload - The payload from which React hydrates. It has the path as segments, without `basePath`: `"c":["","a%2Bb"]`.
 */
export function spelledAs(payload: string, pathname: string): string {
  const segments = /"c":\["([^[\]"]*(?:","[^[\]"]*)*)"\]/.exec(payload)?.[1]?.split('","') ?? []
  const rendered = segments.join('/')
  const parts = pathname.split('/')
  const basePath = parts.slice(0, Math.max(1, parts.length - segments.length + 1)).join('/')
  return isSame(basePath + rendered, pathname) ? basePath + rendered : pathname
}

function isSame(one: string, other: string): boolean {
  try {
    return decodeURIComponent(one) === decodeURIComponent(other)
  } catch {
    return false
  }
}
