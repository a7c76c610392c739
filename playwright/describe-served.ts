// The message of a failed assertion: how the document was served, and why not from a shell, as far as the page can know. Pure.

import { canonicalPath, patternAnswers } from '../protocol/build/route-match.ts'
import type { Outcome } from '../protocol/wire.ts'
import type { StoredPage } from './records.ts'
import type { ShownDocument } from './served.ts'

/** How many keys are named. The others are only counted. */
const MOST_KEYS = 8

const MEANINGS: Readonly<Record<Outcome, string>> = {
  instant: 'The shell came at once, and the server was asked to fill its holes.',
  gated: 'The shell was shown when the server had let the visitor through, as that of every page behind a proxy.',
  offline: 'The shell came alone, because the server did not answer.',
  static: 'The whole page came out of this browser, because it has no holes.',
}

/** One line on how the document was served, and one on what that means. */
export function describeServed(document: ShownDocument, records: readonly StoredPage[]): string {
  const { url, served } = document
  if (served === undefined) return `${url} came from the network.\n${whyFromNetwork(document, records)}`
  const { outcome, stale, age } = served
  const shell = stale ? 'an outdated shell' : 'a shell'
  return `${url} was served "${outcome}", from ${shell} that was ${Math.round(age)} s old.\n${MEANINGS[outcome]}`
}

function whyFromNetwork(document: ShownDocument, records: readonly StoredPage[]): string {
  const { url, navigation, wasControlled, controller } = document
  if (!/^https?:/.test(url)) return 'That is no page of the app: open one.'
  if (!wasControlled && controller === undefined)
    return 'No worker controls it: this was a first visit. Await shellCache.ready(), which says where there will be none, and open it again.'
  if (!wasControlled)
    return 'The worker came after it: this was a first visit. Await shellCache.ready() and open it again.'
  if (navigation === 'reload') return 'It was reloaded, and a reload asks the network first. Open it with page.goto().'
  return whyNoRecord(pathOf(document), records)
}

function whyNoRecord(path: string, records: readonly StoredPage[]): string {
  const record = records.find(({ key }) => key === path) ?? records.find(({ key }) => patternAnswers(key, path))
  if (record === undefined)
    return `This browser has no shell for ${path}: ${listKeys(records)}. The table that \`next build\` prints says how each route is served.`
  if (record.isInvalidated)
    return `The shell of ${record.key} is invalidated, because the visitor has changed what it was made from: the visit after this one has a newer one.`
  return `This browser has the shell of ${record.key}, and did not show it: it was past its \`expire\`, stored only now, read later than \`timeouts.store\` allows, or no beginning of the server's page. With the option \`debug\` the browser's console says which.`
}

/** Without `basePath`, like the keys. The worker's script is directly below `basePath`. */
function pathOf({ url, controller = '/' }: ShownDocument): string {
  const basePath = new URL(controller, url).pathname.replace(/\/[^/]*$/, '')
  const { pathname } = new URL(url)
  const path = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname
  return canonicalPath(path) ?? path
}

function listKeys(records: readonly StoredPage[]): string {
  if (records.length === 0) return 'it has none at all'
  const named = records.slice(0, MOST_KEYS).map(({ key }) => key)
  const others = records.length - named.length
  return `it has ${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
}
