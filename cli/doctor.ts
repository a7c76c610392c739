// `next-shell-cache doctor <url>`: goes the way of a worker through a deployment, from outside, and says what stands in it.

import { formatPreloadHeader, namedBuild } from '../protocol/preload-news.ts'
import { formatResumeHeader, PRELOAD_HEADER, RESUME_HEADER } from '../protocol/wire.ts'
import { ask } from './ask.ts'
import { checkCompression, checkStreaming } from './check-stream.ts'
import { checkScripts } from './check-scripts.ts'
import {
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
  type FoundWorker,
  NO_HOLES,
  type PublishedRecord,
  readManifest,
  recordToTry,
} from './deployment.ts'
import type { Outcome } from './outcome.ts'
import type { Progress } from './progress.ts'

export async function diagnose(address: string, isJson: boolean, progress: Progress): Promise<Outcome> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    return { isFine: false, text: `[shell-cache] ${address} is no address. Nothing was asked. Write it with https://.` }
  const findings = await examine(url, progress).finally(progress.end)
  return {
    isReport: true,
    isFine: findings.every(({ verdict }) => verdict !== 'mend'),
    text: isJson ? JSON.stringify(findings, null, 2) : toText(findings),
  }
}

/** Rejects where the deployment does not answer at all. */
export async function examine(page: URL, { step }: Pick<Progress, 'step'>): Promise<readonly Finding[]> {
  step('Asking for the worker')
  const worker = await findWorker(page)
  if (!worker) return [NO_WORKER]
  const found = [checkWorker(worker)]
  step('Asking for its manifest')
  const manifest = await readManifest(worker)
  if (typeof manifest === 'string') return [...found, unusable('manifest', manifest)]
  found.push({ name: 'manifest', verdict: 'fine', found: `${manifest.entries.length} records of the worker's build.` })
  step('Asking for a record')
  const published = await recordToTry(manifest, page, worker)
  if (typeof published === 'string') return [...found, unusable('record', published)]
  step('Asking for its scripts')
  found.push(checkScripts(await askForScripts(manifest, published, worker), page.origin))
  return [
    ...found,
    ...(await examinePage(new URL(worker.basePath + published.record.key, page), published, worker, step)),
  ]
}

async function examinePage(
  url: URL,
  { record, answer: published }: PublishedRecord,
  worker: FoundWorker,
  step: Progress['step'],
): Promise<Finding[]> {
  step(`Asking for ${url.pathname}, as a visitor would`)
  // Uncompressed first: what a server loses by its own start must not look like what compression costs.
  const plain = await ask(url, { headers: { ...NAVIGATION, 'accept-encoding': 'identity' } })
  const compressed = await ask(url, { headers: NAVIGATION })
  step(`Asking for the holes of ${url.pathname}`)
  const resumed = await ask(url, {
    method: 'POST',
    headers: { [RESUME_HEADER]: formatResumeHeader(record), origin: url.origin, 'sec-fetch-site': 'same-origin' },
  })
  const resume = checkResume(resumed, record)
  const news = formatPreloadHeader({ buildId: namedBuild(worker), hasAll: true, named: new Map() })
  step(`Asking for ${url.pathname}, as a preload and without`)
  const preload = await ask(url, { headers: { ...NAVIGATION, [PRELOAD_HEADER]: news } })
  const after = await ask(url, { headers: NAVIGATION })
  return [
    checkPolicy(compressed),
    checkShell(compressed, record),
    resume,
    ...(resume.verdict === 'fine' ? [checkStreaming(resumed, plain), checkStorage(resumed)] : []),
    checkCompression(compressed, plain, published, record),
    checkPreload(preload, after),
  ]
}

/** What a browser says of a typed address. */
const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }

const NO_WORKER: Finding = {
  name: 'worker',
  verdict: 'mend',
  found: 'No worker of next-shell-cache answers at /sw.js, nor below a part of this path.',
  todo: 'Build with withShellCache() and look at what `next build` says; the host must serve rewrites of next.config.',
}

function unusable(name: string, found: string): Finding {
  return found.endsWith(NO_HOLES) || found.startsWith('the build')
    ? { name, verdict: 'unclear', found: `${found}: give the address of a page with holes.` }
    : { name, verdict: 'mend', found: `${found}.`, todo: 'Serve the whole of .next/static, of one build, as it is.' }
}

const SIGN = { fine: '✓', unclear: '?', mend: '✗' } as const

function toText(findings: readonly Finding[]): string {
  return findings
    .map(
      ({ name, verdict, found, todo }) => `${SIGN[verdict]} ${name}: ${found}${todo === undefined ? '' : ` ${todo}`}`,
    )
    .join('\n')
}
