// Reads the page /echo/[slug] of the app `proxied`: what the page saw of its request, and what the proxy saw.

export type Echo = {
  readonly page: {
    readonly params: object
    readonly query: Record<string, unknown>
    readonly headers: Record<string, string>
    readonly cookies: readonly object[]
  }
  readonly proxy: { readonly method: string; readonly url: string; readonly headers: Record<string, string> }
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', '#x27': "'", lt: '<', gt: '>', amp: '&' }

/** @throws if the HTML has no echo. */
export function echoOf(html: string): Echo {
  const text = /<pre id="echo">(.*?)<\/pre>/s.exec(html)?.[1]
  if (text === undefined) throw new Error(`no echo in ${html.slice(0, 200)}`)
  return JSON.parse(text.replaceAll(/&(quot|#x27|lt|gt|amp);/g, (_whole, name: string) => ENTITIES[name] ?? ''))
}
