/**
 * The page's handle of its shell cache, in the browser and outside React.
 *
 * @packageDocumentation
 */

export { registerShellCache, type ShellCacheClientOptions, type ShellCacheHandle } from './handle.ts'
export type {
  InpParts,
  LcpParts,
  PageReport,
  ReportGroup,
  ReportReason,
  ReportRung,
  ReportTransport,
  TtfbParts,
} from '../protocol/page/page-report.ts'
export type { Eagerness } from '../protocol/page/eagerness.ts'
export type { PageState } from './page.ts'
export type { Registration, ShellCacheState } from './state.ts'
