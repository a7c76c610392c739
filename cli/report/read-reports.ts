// Reads page reports from a file, one JSON object on each line. Anyone can send data to a collector, so other lines are only counted.

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

import { isObject, parseJson } from '../../protocol/json-shape.ts'
import { isPageReport, type PageReport, REPORT_VERSION } from '../../protocol/page/page-report.ts'

export type Reports = {
  readonly reports: readonly PageReport[]
  /** Number of lines that are not reports. */
  readonly broken: number
  /** Number of lines that are reports in the form of another version. */
  readonly other: number
}

/** Rejects if the file cannot be read. */
export async function readReports(file: string): Promise<Reports> {
  const reports: PageReport[] = []
  let [broken, other] = [0, 0]
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    const value = parseJson(line)
    if (isPageReport(value)) reports.push(value)
    else if (isOfOtherVersion(value)) other++
    else broken++
  }
  return { reports, broken, other }
}

function isOfOtherVersion(value: unknown): boolean {
  return isObject(value) && typeof value['version'] === 'number' && value['version'] !== REPORT_VERSION
}
