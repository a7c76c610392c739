// Checks whether Next renders the whole page for ordinary browsers (`htmlLimitedBots` of next.config, if it matches more than bots). Then
// no record ever equals the page, and each visit would cost two documents. Pure.

import type { BypassRule } from '../../../protocol/build/origin-manifest.ts'

/** User agents of browsers, one of each family and of each kind of device. */
const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0',
  'Mozilla/5.0 (Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0',
]

export function isBypassedByBrowsers(rules: readonly BypassRule[]): boolean {
  return rules.some((rule) => rule.header.toLowerCase() === 'user-agent' && BROWSERS.some((name) => fits(rule, name)))
}

/** A rule without a value matches every browser. The origin declines a rule that does not compile. */
function fits({ value }: BypassRule, name: string): boolean {
  try {
    return value === undefined || new RegExp(`^(?:${value})$`, 'i').test(name)
  } catch {
    return false
  }
}
