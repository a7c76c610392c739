// The checks of what a host between a worker and its origin may have done to a request or a response. Pure: doctor.ts sends the requests.

import type { ResumingRecord, ShellRecord } from '../../protocol/record/record.ts'
import { parseVerdict } from '../../protocol/verdict.ts'
import { VERDICT_HEADER } from '../../protocol/wire.ts'
import type { Answer } from './ask.ts'
import { type FoundWorker, textOf } from './deployment.ts'

export type Finding = {
  readonly name: string
  /** `warn`: it works, but not as well as it could, or doctor cannot tell from outside. */
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
      message: `${url.origin} uses plain HTTP, and browsers do not run workers there.`,
      fix: 'Serve the app over HTTPS. Plain HTTP works only on localhost.',
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
      message: `\`Service-Worker-Allowed\` is ${scope ?? 'missing'}: ${basePath} itself always comes from the network, only the pages below it open from shells.`,
      fix: `Have the host send \`Service-Worker-Allowed: ${basePath}\` with ${url.pathname}. headers() of next.config may not reach a static file.`,
    }
  const cached = /max-age=(\d+)/.exec(headers['cache-control'] ?? '')
  if (Number(cached?.[1] ?? 0) > 0)
    return {
      name,
      status: 'warn',
      message: `${url.pathname} may be cached for ${cached?.[1]} s. A CDN that does so serves old workers for as long.`,
      fix: 'Leave `Cache-Control: no-cache` on it.',
    }
  return pass(name, `${url.pathname} is there, and is fetched again each time.`)
}

/** Finds a worker that an older build left in `public/`, or that a cache keeps: it requests files that no longer exist. */
export function checkCopy({ url, manifestUrl }: FoundWorker, file: FoundWorker | undefined): Finding | undefined {
  if (!file || file.manifestUrl === manifestUrl) return undefined
  return {
    name: 'worker',
    status: 'fail',
    message: `${url.pathname} and ${file.url.pathname} are workers of different builds.`,
    fix: 'Remove public/sw.js and build again, or purge the cache that keeps the old one.',
  }
}

/** Hosts that browsers trust without a certificate. */
function isLocal(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

/** The scripts that start a shell and watch over it are files of the app's own origin. They get their data by fetch. */
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
    message: `${[...new Set(refusing)].join(', ')} does not allow the app's own origin.`,
    fix: "Add 'self' to it.",
  }
}

/** The first of these directives that a policy has is the effective one (CSP3, 6.8.1). */
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

/** Checks whether the page begins with the bytes of its shell that browsers have. */
export function checkShell(answer: Answer, { shell, key }: ShellRecord): Finding {
  const name = 'page and record'
  const begins = Buffer.from(answer.body.subarray(0, shell.length)).equals(Buffer.from(shell))
  return begins
    ? pass(name, `${key} begins with the bytes of its record.`)
    : {
        name,
        status: 'warn',
        message: `${key} does not begin with the bytes of its record.`,
        fix: 'If it was not revalidated since the build, look for a host that rewrites HTML, or for servers with different builds.',
      }
}

export function checkResume(answer: Answer, record: ResumingRecord): Finding {
  const name = 'resume'
  const verdict = parseVerdict([answer.headers[VERDICT_HEADER] ?? null].flat()[0] ?? null)
  if (verdict?.kind === 'resumed' && verdict.digest === record.digest)
    return textOf(answer).endsWith('</body></html>')
      ? pass(name, 'The server renders only the holes.')
      : {
          name,
          status: 'fail',
          message: 'The response ends early.',
          fix: 'Look at the timeouts of the hosts on the way.',
        }
  if (verdict?.kind === 'refused')
    return {
      name,
      status: verdict.reason === 'build' ? 'fail' : 'warn',
      message: `The server refuses: ${verdict.reason}.`,
      fix:
        verdict.reason === 'build'
          ? 'Servers with different builds answer. Deploy the same build everywhere, and keep each visitor on one server while you do.'
          : 'Such pages come whole from the network. docs/troubleshooting.md explains each reason.',
    }
  return {
    name,
    status: 'fail',
    message: `A POST to the page gets status ${answer.status} and no verdict.`,
    fix: "Let POST and the header `shell-cache-resume` through to the server, and load next-shell-cache/register if it is not `next start`. Or set `transport: 'prefix'`.",
  }
}

/** No cache may keep half a page under the page's URL. */
export function checkStorage({ headers }: Answer): Finding {
  const name = 'caches'
  return /\bno-store\b/.test(headers['cache-control'] ?? '')
    ? pass(name, 'The response has `no-store`, as the server sent it.')
    : {
        name,
        status: 'fail',
        message: `A resumed response arrives with \`Cache-Control: ${headers['cache-control'] ?? ''}\`.`,
        fix: 'Make the hosts on the way obey the `no-store` of the server.',
      }
}

/** @param after - The page as everybody gets it, requested after the preload. */
export function checkPreload(preload: Answer, after: Answer): Finding {
  const name = 'navigation preload'
  if (!/^<!doctype html/i.test(textOf(after).slice(0, 20)))
    return {
      name,
      status: 'fail',
      message: 'A visitor without a worker gets half a page, because a cache has kept the response to a preload.',
      fix: 'Purge that cache and make it obey `no-store`. Set `preload: false` until it does.',
    }
  return preload.headers[VERDICT_HEADER] === undefined
    ? {
        name,
        status: 'warn',
        message: 'A preload gets the whole page. This works, but costs more bytes.',
        fix: 'Let the header `service-worker-navigation-preload` through to the server.',
      }
    : pass(name, 'A preload gets only the rest of the page.')
}
