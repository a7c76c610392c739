// Checks whether something in front of the app asks for a login: nginx, an access gateway, a custom server. The build cannot see it and
// publishes the shells of such pages to everybody.

import { type Answer, ask, type Question } from './ask.ts'
import { pass, type Finding } from './checks.ts'

/** A published page as a visitor without cookies gets it; `answer` is undefined if none arrived. */
export type Visited = { readonly path: string; readonly answer: Pick<Answer, 'status' | 'headers'> | undefined }

/** The most pages to ask for. An app may publish hundreds, and a guard seldom protects only one page. */
const MOST_PAGES = 60
const AT_ONCE = 4

/** @param urls - URLs of all pages whose shells are public. */
export async function visitAll(urls: readonly URL[]): Promise<readonly Visited[]> {
  const visited: Visited[] = []
  const asked = urls.slice(0, MOST_PAGES)
  for (let at = 0; at < asked.length; at += AT_ONCE)
    visited.push(...(await Promise.all(asked.slice(at, at + AT_ONCE).map(visit))))
  return visited
}

async function visit(url: URL): Promise<Visited> {
  return { path: url.pathname, answer: (await askInForm(url).catch(() => undefined))?.answer }
}

/** Asks for a page in the form that the app uses: the other form of the trailing slash is a redirect. */
export async function askInForm(url: URL, headers: Question['headers'] = {}): Promise<{ url: URL; answer: Answer }> {
  const answer = await ask(url, { headers })
  const target = targetOf(answer, url)
  return target && withoutSlash(target) === withoutSlash(url)
    ? { url: target, answer: await ask(target, { headers }) }
    : { url, answer }
}

function targetOf({ status, headers: { location } }: Pick<Answer, 'status' | 'headers'>, base: URL): URL | undefined {
  const isRedirect = status >= 300 && status < 400 && location !== undefined && URL.canParse(location, base.href)
  return isRedirect ? new URL(location, base) : undefined
}

function withoutSlash({ origin, pathname, search }: URL): string {
  return origin + pathname.replace(/\/$/, '') + search
}

export function checkGuard(visited: readonly Visited[]): Finding {
  const name = 'guard'
  const turned = visited.flatMap(({ path, answer }) => {
    const how = answer && howTurnedAway(answer)
    return how === undefined ? [] : [{ path, how }]
  })
  const [first] = turned
  if (!first) return pass(name, `All ${visited.length} public pages are for everybody.`)
  const names = [...new Set(turned.map(({ path }) => path))].slice(0, 3)
  const others = turned.length - names.length
  return {
    name,
    status: 'fail',
    message: `${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}: a visitor without cookies ${first.how}, but the shell is public and stays in browsers.`,
    fix: `If it is guarded, tell the build: \`routes: { '${turned.length > 1 ? '/**' : first.path}': 'gated' }\`.`,
  }
}

function howTurnedAway({ status, headers }: Pick<Answer, 'status' | 'headers'>): string | undefined {
  if (status === 401 || status === 403 || status === 407) return `gets status ${status}`
  return status >= 300 && status < 400 ? `is sent to ${headers.location ?? 'another page'}` : undefined
}
