// Answers the messages of the inspector's page.

import { type InspectedRecord, type Inspection, isToInspectedWorker } from '../../protocol/page/inspection.ts'
import { type Done, isToWorker } from '../../protocol/page/messages.ts'
import { permitsRules } from '../../protocol/page/rules-policy.ts'
import { isResting, type Marks, REST_MS } from '../../protocol/record/stored.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { isInvalidated, readMarks } from '../store/marks.ts'
import { allOf, reading } from '../store/transaction.ts'
import { addReport, forgetVisits, readHits, readReports, readVisits } from './database.ts'
import type { Simulator } from './simulate.ts'

/** Never rejects. */
export async function answerInspector(
  { buildId, inspector }: WorkerConfig,
  simulator: Simulator,
  { data, ports: [port] }: Pick<ExtendableMessageEvent, 'data' | 'ports'>,
): Promise<void> {
  const message: unknown = data
  if (!inspector) return
  if (isToWorker(message) && message.type === 'shell-cache:purge') return forgetVisits().catch(() => {})
  if (!isToInspectedWorker(message)) return
  if (message.type === 'shell-cache:reported')
    return addReport({ at: message.at, report: message.report }).catch(() => {})
  if (message.type === 'shell-cache:inspect') return port?.postMessage(await inspection(buildId, simulator))
  const ok = await simulator.simulate(message.simulation).then(
    () => true,
    () => false,
  )
  port?.postMessage({ type: 'shell-cache:done', ok } satisfies Done)
}

/** If a database fails, its part is missing. */
async function inspection(buildId: string, simulator: Simulator): Promise<Inspection> {
  const [records, visits, reports, simulation, restsUntil] = await Promise.all([
    describeRecords(buildId).catch(() => []),
    readVisits().catch(() => []),
    readReports().catch(() => []),
    simulator.known(),
    reading(readMarks).then(restOf, () => undefined),
  ])
  return { type: 'shell-cache:inspection', buildId, records, visits, reports, simulation, restsUntil }
}

function restOf(marks: Marks): number | undefined {
  return isResting(marks, Date.now()) ? (marks.restsSince ?? 0) + REST_MS : undefined
}

async function describeRecords(buildId: string): Promise<readonly InspectedRecord[]> {
  const hits = await readHits().catch(() => new Map<string, number>())
  return reading(async (tables) => {
    const [marks, records, uses] = await Promise.all([
      readMarks(tables),
      tables.records.getAll(allOf(buildId)),
      tables.uses.getAll(allOf(buildId)),
    ])
    const bytes = new Map(uses.map((use) => [use.key, use.bytes]))
    return records.map((record) => ({
      key: record.key,
      route: record.route,
      kind: record.kind,
      digest: record.digest,
      bytes: bytes.get(record.key) ?? record.shell.length,
      receivedAt: record.receivedAt,
      revalidate: record.lifetime.revalidate,
      expire: record.lifetime.expire,
      isInvalidated: isInvalidated(record, marks),
      hits: hits.get(record.digest) ?? 0,
      permitsRules: permitsRules(record.headers),
    }))
  })
}
