// `next-shell-cache doctor <url>`: sends the requests of a worker to a deployment, from outside, and says what is wrong.

import { formatPreloadHeader, namedBuild } from '../../protocol/shell-inventory.ts'
import { formatResumeHeader, PRELOAD_HEADER, RESUME_HEADER } from '../../protocol/wire.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import { ask } from './ask.ts'
import { checkAddress } from './check-address.ts'
import { askInForm, checkGuard, visitAll } from './check-guard.ts'
import { checkHeaders } from './check-headers.ts'
import { checkCompression, checkStreaming } from './check-stream.ts'
import { checkRegistration } from './check-registration.ts'
import { checkScripts } from './check-scripts.ts'
import {
  checkCopy,
  checkPolicy,
  checkPreload,
  checkResume,
  checkShell,
  checkStorage,
  checkWorker,
  type Finding,
} from './checks.ts'
import {
  askForScripts,
  findWorker,
  findWorkerFile,
  type FoundWorker,
  NO_PAGE,
  type NoWorker,
  type PublishedRecord,
  readManifest,
  recordToTry,
} from './deployment.ts'
import type { Outcome } from '../outcome.ts'
import type { Progress } from '../progress.ts'

export async function diagnose(address: string, isJson: boolean, progress: Progress): Promise<Outcome> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    return {
      passed: false,
      text: `[shell-cache] ${address} is not a valid URL. Nothing was asked. Write it with https://.`,
    }
  const findings = await examine(url, progress).finally(progress.end)
  return {
    isReport: true,
    passed: findings.every(({ status }) => status !== 'fail'),
    text: isJson ? toJson(findings) : toText(findings),
  }
}

/** Rejects if the deployment does not answer at all. */
export async function examine(page: URL, { step }: Pick<Progress, 'step'>): Promise<readonly Finding[]> {
  step('Asking for the worker')
  const worker = await findWorker(page)
  if ('status' in worker) return [noWorker(worker)]
  const found = [checkWorker(worker)]
  const outdated = checkCopy(worker, await findWorkerFile(worker))
  if (outdated) return [...found, outdated]
  step('Asking for its manifest')
  const manifest = await readManifest(worker)
  if (typeof manifest === 'string') return [...found, unusable('manifest', manifest)]
  found.push({ name: 'manifest', status: 'pass', message: `${manifest.entries.length} records of the worker's build.` })
  const limit = await checkAddress(page, worker)
  if (limit) found.push(limit)
  step('Asking for a record')
  const published = await recordToTry(manifest, page, worker)
  if (published === NO_PAGE) return [...found, { name: 'record', status: 'warn', message: `${NO_PAGE}.`, fix: GATED }]
  if (typeof published === 'string') return [...found, unusable('record', published)]
  step('Asking for its scripts')
  const scripts = await askForScripts(manifest, published, worker)
  found.push(checkScripts(scripts, page.origin), await checkRegistration(published, scripts, manifest, worker))
  const urlOf = (key: string): URL => new URL(worker.basePath + key, page)
  step('Asking for the public pages, without cookies')
  const pages = manifest.entries.filter(({ key }) => !isDynamic(key)).map(({ key }) => urlOf(key))
  found.push(checkGuard(await visitAll(pages)))
  return [...found, ...(await examinePage(urlOf(published.record.key), published, worker, step))]
}

async function examinePage(
  address: URL,
  { record, answer: published }: PublishedRecord,
  worker: FoundWorker,
  step: Progress['step'],
): Promise<Finding[]> {
  step(`Asking for ${address.pathname}, as a visitor would`)
  // Uncompressed first: time that a server needs for its own start must not look like a cost of compression.
  const { url, answer: plain } = await askInForm(address, { ...NAVIGATION, 'accept-encoding': 'identity' })
  const compressed = await ask(url, { headers: NAVIGATION })
  const asPage = [checkPolicy(compressed), checkHeaders(compressed, plain, record), checkShell(compressed, record)]
  if (record.kind === 'static') return [...asPage, checkCompression(compressed, plain, published, record), NO_HOLES]
  step(`Asking for the holes of ${url.pathname}`)
  const resumed = await ask(url, {
    method: 'POST',
    headers: { [RESUME_HEADER]: formatResumeHeader(record), origin: url.origin, 'sec-fetch-site': 'same-origin' },
  })
  const resume = checkResume(resumed, record)
  const inventory = formatPreloadHeader({ buildId: namedBuild(worker), hasAll: true, named: new Map() })
  step(`Asking for ${url.pathname}, as a preload and without`)
  const preload = await ask(url, { headers: { ...NAVIGATION, [PRELOAD_HEADER]: inventory } })
  const after = await ask(url, { headers: NAVIGATION })
  return [
    ...asPage,
    resume,
    ...(resume.status === 'pass' ? [checkStreaming(resumed, plain), checkStorage(resumed)] : []),
    checkCompression(compressed, plain, published, record),
    checkPreload(preload, after),
  ]
}

/** The headers that a browser sends for a typed address. */
const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }

function noWorker({ status, file }: NoWorker): Finding {
  if (file)
    return {
      name: 'worker',
      status: 'fail',
      message: `${file.pathname} is there, but no worker answers at /sw.js: the host cannot rewrite to a static file.`,
      fix: 'Set `publicWorker: true`. Then each build also writes the worker to public/sw.js.',
    }
  const isGuarded = status === 401 || status === 403 || status === 407
  const message = 'No worker of next-shell-cache answers at /sw.js, nor below a part of this path'
  return isGuarded
    ? {
        name: 'worker',
        status: 'fail',
        message: `${message}: something in front of the app answers with status ${status}.`,
        fix: "What browsers have stored of the app opens without that login. Set `routes: { '/**': 'gated' }`, or remove the login.",
      }
    : {
        name: 'worker',
        status: 'fail',
        message: `${message}.`,
        fix: 'Build with withShellCache() and read what `next build` prints. The host must serve rewrites of next.config.',
      }
}

const NO_HOLES: Finding = {
  name: 'resume',
  status: 'pass',
  message:
    'None of the pages that were tried has holes, so there is nothing to resume. Pass the URL of a page with holes, if there is one.',
}

const GATED = 'Its pages are gated or off, or have parameters. `next-shell-cache inspect` says why.'

function unusable(name: string, message: string): Finding {
  return {
    name,
    status: 'fail',
    message: `${message}.`,
    fix: 'Serve all of .next/static, of one build, unchanged.',
  }
}

const SIGN = { pass: '✓', warn: '?', fail: '✗' } as const

/** The former names of the fields and their values, which 0.2 drops. */
const FORMER = { pass: 'fine', warn: 'unclear', fail: 'mend' } as const

function toJson(findings: readonly Finding[]): string {
  const all = findings.map((finding) => {
    const { status, message: found, fix: todo } = finding
    return { ...finding, verdict: FORMER[status], found, todo }
  })
  return JSON.stringify(all, null, 2)
}

function toText(findings: readonly Finding[]): string {
  return findings
    .map(({ name, status, message, fix }) => `${SIGN[status]} ${name}: ${message}${fix === undefined ? '' : ` ${fix}`}`)
    .join('\n')
}
