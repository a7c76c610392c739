// The ways in which a visitor reaches a page. Scripts run in the page, so they refer to nothing outside themselves.

import type { ChromiumDriver } from '../../../engines/chromium.ts'
import { type Driver, until, untilAnotherDocument } from '../../../engines/driver.ts'

/** `page` is the destination of the way, `other` is another page of the app. */
export type Place = { readonly page: string; readonly other: string }

type Way = {
  readonly from: 'own' | 'foreign'
  readonly go: (tab: Driver, place: Place) => Promise<void>
  /** A second part: leaves the page that `go` has reached, or requests it again. */
  readonly again?: (tab: Driver, place: Place) => Promise<void>
}

/** Presses a link or submits a form to the page. A `GET` form has the query of the page's address as separate fields. */
function press(page: string, by: 'link' | 'hidden' | 'get' | 'post'): void {
  const { pathname, searchParams } = new URL(page)
  if (by === 'link' || by === 'hidden') {
    const link = Object.assign(document.createElement('a'), { href: page, rel: by === 'hidden' ? 'noreferrer' : '' })
    document.body.append(link)
    setTimeout(() => link.click())
    return
  }
  const action = by === 'post' ? page : new URL(pathname, page).href
  const form = Object.assign(document.createElement('form'), { action, method: by })
  const fields = by === 'post' ? [['said', 'x']] : [...searchParams]
  for (const [name = '', value = ''] of fields)
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  const button = Object.assign(document.createElement('input'), { type: 'submit' })
  form.append(button)
  document.body.append(form)
  setTimeout(() => button.click())
}

function pressing(from: Way['from'], by: Parameters<typeof press>[1]): Way {
  return { from, go: (tab, { page }) => untilThere(tab, page, () => tab.run(press, page, by)) }
}

async function untilThere(tab: Driver, page: string, start: () => Promise<unknown>): Promise<void> {
  await untilAnotherDocument(tab, start)
  const isThere = (wanted: string): boolean => location.href === wanted && document.readyState === 'complete'
  await until(tab, (answer) => answer, isThere, page)
}

async function typeAddress(tab: Driver, { page }: Place): Promise<void> {
  // Not with the driver's `open`: in Chromium it marks each address as coming from a page of the same origin.
  const { page: chromium } = isChromium(tab) ? tab : {}
  const start = async (): Promise<unknown> => (chromium ? chromium.goto(page, { waitUntil: 'commit' }) : tab.open(page))
  await untilThere(tab, page, start)
}

function isChromium(tab: Driver): tab is ChromiumDriver {
  return tab.engine === 'chromium'
}

export const WAYS = {
  'a link of its own': pressing('own', 'link'),
  'a hidden link of its own': pressing('own', 'hidden'),
  'a form of its own': pressing('own', 'get'),
  'a post of its own': pressing('own', 'post'),
  'a link of another site': pressing('foreign', 'link'),
  'a hidden link of another site': pressing('foreign', 'hidden'),
  'a form of another site': pressing('foreign', 'get'),
  'a post of another site': pressing('foreign', 'post'),
  'an address': { from: 'foreign', go: typeAddress },
  'a reload': {
    from: 'foreign',
    go: typeAddress,
    again: (tab, { page }) => untilThere(tab, page, () => tab.run(() => void setTimeout(() => location.reload()))),
  },
  back: {
    from: 'foreign',
    go: typeAddress,
    again: async (tab, { page, other }) => {
      await tab.open(other)
      await untilThere(tab, page, () => tab.run(() => void setTimeout(() => history.back())))
    },
  },
} as const satisfies Readonly<Record<string, Way>>

export type WayName = keyof typeof WAYS
export const wayOf = (name: WayName): Way => WAYS[name]
