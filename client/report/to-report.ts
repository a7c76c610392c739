// Makes a page's report from the facts that are known when it is left. Pure; report-page.ts collects the facts.

import type { PageNotes } from '../../protocol/page/messages.ts'
import type {
  PageReport,
  ReportGroup,
  ReportReason,
  ReportRung,
  ReportTransport,
} from '../../protocol/page/page-report.ts'
import { isReportReason, REPORT_VERSION } from '../../protocol/page/page-report.ts'
import type { ServedShell } from '../../protocol/wire.ts'
import type { Registration } from '../state.ts'

/** Parts of a report that are copied unchanged. */
type AsTheyAre = Pick<
  PageReport,
  'route' | 'preload' | 'reloaded' | 'offline' | 'shellPainted' | 'hydrated' | 'holes' | 'workerBoot'
>

export type Facts = AsTheyAre & {
  readonly registration: Registration
  /** The build decides per browser whether it gets the worker (`rollout`, `holdout`). */
  readonly hasShares: boolean
  /** This browser has stored the number from which its group follows. */
  readonly keepsNumber: boolean
  /** A worker answers for this page. */
  readonly isControlled: boolean
  readonly served: ServedShell | undefined
  /** Undefined if the worker has not answered. */
  readonly notes: PageNotes | undefined
  readonly waits: { readonly store: number | undefined; readonly verdict: number | undefined }
  readonly vitals: Pick<PageReport, 'ttfb' | 'fcp' | 'lcp' | 'cls' | 'inp' | 'parts'>
}

export function toReport(facts: Facts): PageReport {
  const { route, preload, reloaded, offline, shellPainted, hydrated, holes, workerBoot } = facts
  const { notes, served, waits, vitals } = facts
  const rung = served?.outcome ?? 'network'
  const transport = TRANSPORTS[notes?.rest ?? '']
  // A whole document contains the shell.
  const bytesSaved = rung === 'network' ? undefined : transport === 'document' ? 0 : notes?.bytes
  return {
    version: REPORT_VERSION,
    group: groupOf(facts),
    rung,
    reloaded,
    offline,
    resting: notes?.rests ?? false,
    holes,
    ...vitals,
    ...known({ build: buildOf(facts), route, reason: reasonOf(facts, rung), transport, preload, bytesSaved }),
    ...known({ shellPainted, hydrated, workerBoot, storeRead: waits.store, verdictWait: waits.verdict }),
  }
}

function buildOf({ registration }: Facts): string | undefined {
  return registration.status === 'active' ? registration.buildId : undefined
}

const TRANSPORTS: Readonly<Record<string, ReportTransport>> = { resumed: 'resume', document: 'document' }

/**
 * By what the browser was assigned, not by what answered: a first visit has no worker yet, but counts. A browser that cannot store a number
 * is in the control group only because of that, so it is not a fair sample.
 */
function groupOf({ registration, hasShares, keepsNumber, isControlled }: Facts): ReportGroup {
  const { status } = registration
  if (status === 'unsupported' || status === 'error') return 'unassigned'
  if (status === 'disabled')
    // A worker that is being removed has still answered this page.
    return registration.group === 'control' && keepsNumber && !isControlled ? 'control' : 'unassigned'
  return status === 'registering' && hasShares && registration.group === undefined ? 'unassigned' : 'worker'
}

function reasonOf({ isControlled, reloaded, notes }: Facts, rung: ReportRung): ReportReason | undefined {
  const refused = isReportReason(notes?.refusal) ? notes.refusal : undefined
  if (rung !== 'network')
    return refused ?? (notes?.rest === 'unreachable' || notes?.rest === 'other' ? notes.rest : undefined)
  if (!isControlled) return 'no-worker'
  if (reloaded) return 'reload'
  if (notes?.rests) return 'resting'
  const found = notes && (notes.lookup ?? 'none')
  return refused ?? (isReportReason(found) ? found : undefined)
}

type Known<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> }

/** JSON has no undefined. */
function known<T extends object>(values: T): Known<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Known<T>
}
