// What may stand between a worker and its origin, one check each: what a host did to a request or an answer. Pure but for the requests that
// doctor.ts hands in.

import type { ResumingRecord, ShellRecord } from '../protocol/record.ts'
import { parseVerdict } from '../protocol/verdict.ts'
import { VERDICT_HEADER } from '../protocol/wire.ts'
import type { Answer } from './ask.ts'
import { type FoundWorker, textOf } from './deployment.ts'

export type Finding = {
  readonly name: string
  /** `unclear`: it works, but not as well as it could, or cannot be told from outside. */
  readonly verdict: 'fine' | 'unclear' | 'mend'
  readonly found: string
  readonly todo?: string
}

export const fine = (name: string, found: string): Finding => ({ name, verdict: 'fine', found })

export function checkWorker({ url, answer: { headers }, basePath }: FoundWorker): Finding {
  const name = 'worker'
  if (url.protocol === 'http:' && !isLocal(url.hostname))
    return {
      name,
      verdict: 'mend',
      found: `${url.origin} is plain http, and browsers run no worker there.`,
      todo: 'Serve the app by https; plain http will do on localhost.',
    }
  const type = headers['content-type'] ?? ''
  if (!/javascript/.test(type))
    return {
      name,
      verdict: 'mend',
      found: `${url.pathname} is served as ${type || 'no type'}, and browsers refuse it.`,
      todo: 'Serve it as text/javascript.',
    }
  const [scope] = [headers['service-worker-allowed'] ?? []].flat()
  if (basePath !== '' && scope !== basePath && scope !== '/')
    return {
      name,
      verdict: 'mend',
      found: `\`Service-Worker-Allowed\` is ${scope ?? 'not there'}: ${basePath} itself is out of the worker's reach.`,
      todo: `Let the header that the app sets on ${url.pathname} through.`,
    }
  const cached = /max-age=(\d+)/.exec(headers['cache-control'] ?? '')
  if (Number(cached?.[1] ?? 0) > 0)
    return {
      name,
      verdict: 'unclear',
      found: `${url.pathname} may be cached for ${cached?.[1]} s: a CDN that does so shows old workers for as long.`,
      todo: 'Leave `Cache-Control: no-cache` on it.',
    }
  return fine(name, `${url.pathname} is there, and asked for anew each time.`)
}

/** What browsers take for trustworthy without a certificate. */
function isLocal(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

/** The scripts that start a shell and watch over it are the app's own files; their data comes by fetch. */
export function checkPolicy({ headers }: Answer): Finding {
  const name = 'content security policy'
  const policy = [headers['content-security-policy'] ?? ''].flat().join('; ')
  if (policy.trim() === '') return fine(name, 'None.')
  const refusing = [
    ['script-src-elem', 'script-src', 'default-src'],
    ['connect-src', 'default-src'],
    ['worker-src', 'child-src', 'script-src', 'default-src'],
  ].flatMap((names) => {
    const found = directiveOf(policy, names)
    return found === undefined || /'self'|\*|https?:/.test(found.sources) ? [] : [found.name]
  })
  if (refusing.length === 0) return fine(name, 'Lets our scripts, requests and worker run.')
  return {
    name,
    verdict: 'mend',
    found: `${[...new Set(refusing)].join(', ')} allows nothing of the app's own origin.`,
    todo: "Add 'self' to it.",
  }
}

/** The first of these that a policy has is the one that counts (CSP3, 6.8.1). */
function directiveOf(policy: string, names: readonly string[]): { name: string; sources: string } | undefined {
  const directives = new Map(
    policy.split(';').map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/)
      return [name.toLowerCase(), sources.join(' ')] as const
    }),
  )
  const name = names.find((each) => directives.has(each))
  return name === undefined ? undefined : { name, sources: directives.get(name) ?? '' }
}

/** Whether the page begins with the bytes that browsers have of it. */
export function checkShell(answer: Answer, { shell, key }: ShellRecord): Finding {
  const name = 'page and record'
  const begins = Buffer.from(answer.body.subarray(0, shell.length)).equals(Buffer.from(shell))
  return begins
    ? fine(name, `${key} begins with the bytes of its record.`)
    : {
        name,
        verdict: 'unclear',
        found: `${key} begins with other bytes than its record.`,
        todo: 'If it was not revalidated since the build, look for a host that rewrites HTML, or for instances of several builds.',
      }
}

export function checkResume(answer: Answer, record: ResumingRecord): Finding {
  const name = 'resume'
  const verdict = parseVerdict([answer.headers[VERDICT_HEADER] ?? null].flat()[0] ?? null)
  if (verdict?.kind === 'resumed' && verdict.digest === record.digest)
    return textOf(answer).endsWith('</body></html>')
      ? fine(name, 'The server renders the holes alone.')
      : {
          name,
          verdict: 'mend',
          found: 'The answer ends early.',
          todo: 'Look at the timeouts of the hosts on the way.',
        }
  if (verdict?.kind === 'refused')
    return {
      name,
      verdict: verdict.reason === 'build' ? 'mend' : 'unclear',
      found: `The server refuses: ${verdict.reason}.`,
      todo:
        verdict.reason === 'build'
          ? 'Instances of several builds answer: deploy the same build everywhere, and keep a visitor on one while you do.'
          : 'Pages come whole from the network then; docs/troubleshooting.md says why for each reason.',
    }
  return {
    name,
    verdict: 'mend',
    found: `A POST to the page is answered with status ${answer.status} and no verdict.`,
    todo: "Let POST and the header `shell-cache-resume` through to the server, and load next-shell-cache/register where it is not `next start`; or say `transport: 'prefix'`.",
  }
}

/** Half a page under the page's URL must be in no cache. */
export function checkStorage({ headers }: Answer): Finding {
  const name = 'caches'
  return /\bno-store\b/.test(headers['cache-control'] ?? '')
    ? fine(name, 'The answer says `no-store`, as the server said.')
    : {
        name,
        verdict: 'mend',
        found: `A resumed answer arrives with \`Cache-Control: ${headers['cache-control'] ?? ''}\`.`,
        todo: 'Have the hosts on the way keep to the `no-store` of the server.',
      }
}

/** @param after - The page as everybody gets it, asked for after the preload. */
export function checkPreload(preload: Answer, after: Answer): Finding {
  const name = 'navigation preload'
  if (!/^<!doctype html/i.test(textOf(after).slice(0, 20)))
    return {
      name,
      verdict: 'mend',
      found: 'A visitor without a worker gets half a page: a cache has kept the answer to a preload.',
      todo: 'Purge that cache, have it keep to `no-store`, and say `preload: false` until it does.',
    }
  return preload.headers[VERDICT_HEADER] === undefined
    ? {
        name,
        verdict: 'unclear',
        found: 'A preload gets the whole page: it works, and costs more bytes.',
        todo: 'Let the header `service-worker-navigation-preload` through to the server.',
      }
    : fine(name, 'A preload gets the rest of the page alone.')
}
