// The spelling of an address that a shell shows. Next prerenders a page for `/a%2Bb`, and `usePathname()` says so in its shell; a browser at
// `/a+b` says that, and React finds another text than the shell's. Pure.

/**
 * The path in the spelling that the payload was rendered for; as it is where the payload is of a route or of another page.
 *
 * @param payload - What React hydrates from, with the path by its segments: `"c":["","a%2Bb"]`, without `basePath`.
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
