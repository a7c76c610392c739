// What may stand between a worker and its origin, one check each: what a host did to a request or an answer. Pure but for the requests that
// doctor.ts hands in.

import type { ResumingRecord, ShellRecord } from '../../protocol/record/record.ts'
import { parseVerdict } from '../../protocol/verdict.ts'
import { VERDICT_HEADER } from '../../protocol/wire.ts'
import type { Answer } from './ask.ts'
import { type FoundWorker, textOf } from './deployment.ts'

export type Finding = {
  readonly name: string
  /** `warn`: it works, but not as well as it could, or it cannot be told from outside. */
  readonly status: 'pass' | 'warn' | 'fail'
  /** What happened, and what it means. */
  readonly message: string
  /** What to do; undefined if there is nothing to do. */
  readonly fix?: string
}

export const pass = (name: string, message: string): Finding => ({ name, status: 'pass', message })

export function checkWorker({ url, answer: { headers }, basePath }: FoundWorker): Finding {
  const name = 'worker'
  if (url.protocol === 'http:' && !isLocal(url.hostname))
    return {
      name,
      status: 'fail',
      message: `${url.origin} is plain http, and browsers run no worker there.`,
      fix: 'Serve the app by https; plain http will do on localhost.',
    }
  const type = headers['content-type'] ?? ''
  if (!/javascript/.test(type))
    return {
      name,
      status: 'fail',
      message: `${url.pathname} is served as ${type || 'no type'}, and browsers refuse it.`,
      fix: 'Serve it as text/javascript.',
    }
  const [scope] = [headers['service-worker-allowed'] ?? []].flat()
  if (basePath !== '' && scope !== basePath && scope !== '/')
    return {
      name,
      status: 'warn',
      message: `\`Service-Worker-Allowed\` is ${scope ?? 'not there'}: ${basePath} itself always comes from the network, the pages below it do not.`,
      fix: `Have the host send \`Service-Worker-Allowed: ${basePath}\` with ${url.pathname}: headers() of next.config may not reach a static file.`,
    }
  const cached = /max-age=(\d+)/.exec(headers['cache-control'] ?? '')
  if (Number(cached?.[1] ?? 0) > 0)
    return {
      name,
      status: 'warn',
      message: `${url.pathname} may be cached for ${cached?.[1]} s: a CDN that does so shows old workers for as long.`,
      fix: 'Leave `Cache-Control: no-cache` on it.',
    }
  return pass(name, `${url.pathname} is there, and asked for anew each time.`)
}

/** A copy of the worker that an older build left in `public/`, or that a cache keeps, asks for what is no longer there. */
export function checkCopy({ url, manifestUrl }: FoundWorker, file: FoundWorker | undefined): Finding | undefined {
  if (!file || file.manifestUrl === manifestUrl) return undefined
  return {
    name: 'worker',
    status: 'fail',
    message: `${url.pathname} is the worker of another build than ${file.url.pathname}.`,
    fix: 'Remove public/sw.js and build again, or purge what keeps the old one on the way.',
  }
}

/** What browsers take for trustworthy without a certificate. */
function isLocal(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

/** The scripts that start a shell and watch over it are the app's own files; their data comes by fetch. */
export function checkPolicy({ headers }: Answer): Finding {
  const name = 'content security policy'
  const policy = [headers['content-security-policy'] ?? ''].flat().join('; ')
  if (policy.trim() === '') return pass(name, 'None.')
  const refusing = [
    ['script-src-elem', 'script-src', 'default-src'],
    ['connect-src', 'default-src'],
    ['worker-src', 'child-src', 'script-src', 'default-src'],
  ].flatMap((names) => {
    const found = directiveOf(policy, names)
    return found === undefined || /'self'|\*|https?:/.test(found.sources) ? [] : [found.name]
  })
  if (refusing.length === 0) return pass(name, 'Lets our scripts, requests and worker run.')
  return {
    name,
    status: 'fail',
    message: `${[...new Set(refusing)].join(', ')} allows nothing of the app's own origin.`,
    fix: "Add 'self' to it.",
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
    ? pass(name, `${key} begins with the bytes of its record.`)
    : {
        name,
        status: 'warn',
        message: `${key} begins with other bytes than its record.`,
        fix: 'If it was not revalidated since the build, look for a host that rewrites HTML, or for instances of several builds.',
      }
}

export function checkResume(answer: Answer, record: ResumingRecord): Finding {
  const name = 'resume'
  const verdict = parseVerdict([answer.headers[VERDICT_HEADER] ?? null].flat()[0] ?? null)
  if (verdict?.kind === 'resumed' && verdict.digest === record.digest)
    return textOf(answer).endsWith('</body></html>')
      ? pass(name, 'The server renders the holes alone.')
      : {
          name,
          status: 'fail',
          message: 'The answer ends early.',
          fix: 'Look at the timeouts of the hosts on the way.',
        }
  if (verdict?.kind === 'refused')
    return {
      name,
      status: verdict.reason === 'build' ? 'fail' : 'warn',
      message: `The server refuses: ${verdict.reason}.`,
      fix:
        verdict.reason === 'build'
          ? 'Instances of several builds answer: deploy the same build everywhere, and keep a visitor on one while you do.'
          : 'Pages come whole from the network then; docs/troubleshooting.md says why for each reason.',
    }
  return {
    name,
    status: 'fail',
    message: `A POST to the page is answered with status ${answer.status} and no verdict.`,
    fix: "Let POST and the header `shell-cache-resume` through to the server, and load next-shell-cache/register where it is not `next start`; or say `transport: 'prefix'`.",
  }
}

/** Half a page under the page's URL must be in no cache. */
export function checkStorage({ headers }: Answer): Finding {
  const name = 'caches'
  return /\bno-store\b/.test(headers['cache-control'] ?? '')
    ? pass(name, 'The answer says `no-store`, as the server said.')
    : {
        name,
        status: 'fail',
        message: `A resumed answer arrives with \`Cache-Control: ${headers['cache-control'] ?? ''}\`.`,
        fix: 'Have the hosts on the way keep to the `no-store` of the server.',
      }
}

/** @param after - The page as everybody gets it, asked for after the preload. */
export function checkPreload(preload: Answer, after: Answer): Finding {
  const name = 'navigation preload'
  if (!/^<!doctype html/i.test(textOf(after).slice(0, 20)))
    return {
      name,
      status: 'fail',
      message: 'A visitor without a worker gets half a page: a cache has kept the answer to a preload.',
      fix: 'Purge that cache, have it keep to `no-store`, and say `preload: false` until it does.',
    }
  return preload.headers[VERDICT_HEADER] === undefined
    ? {
        name,
        status: 'warn',
        message: 'A preload gets the whole page: it works, and costs more bytes.',
        fix: 'Let the header `service-worker-navigation-preload` through to the server.',
      }
    : pass(name, 'A preload gets the rest of the page alone.')
}
