// Proves that the output for browsers and the origin does not grow with pages that an app prerenders beyond the limit.
// bench/many-pages.ts measures times and memory.

import { expect, it } from 'vitest'

import { classify, isServed } from '../pages/classify.ts'
import { collectCandidates, readShells } from '../pages/collect.ts'
import { toSettings } from '../config/options.ts'
import { withinLimit } from '../pages/records.ts'
import { candidate } from '../pages/test-classify.ts'
import { toRouteEntries } from '../pages/route-entries.ts'
import { appPage, contextOf, noSegments, prerender, shellFile } from '../test-context.ts'

async function leftBy(pages: number) {
  const fallback = { filePath: await shellFile('<html>') }
  const paths = Array.from({ length: pages }, (_, at) => `/p/${String(at).padStart(5, '0')}`)
  const prerenders = ['/p/[slug]', ...paths].map((path) => prerender(path, '/p/[slug]', { fallback }))
  const context = contextOf({ appPages: [appPage('/p/[slug]')], prerenders })
  const { settings } = toSettings({ maxConcretePages: 50 })
  const classified = classify(await collectCandidates(context), context, settings)
  const served = await readShells(withinLimit(classified.filter(isServed), settings.maxConcretePages), noSegments)
  return {
    keys: served.map(({ candidate }) => candidate.key),
    routes: toRouteEntries(classified, served, context, settings),
  }
}

it('publishes the same of three thousand pages as of a hundred', async () => {
  const few = await leftBy(100)
  expect(few.keys).toHaveLength(51)
  expect(few.routes).toHaveLength(1)
  expect(await leftBy(3000)).toEqual(few)
})

it('publishes one page of each route without a shell, on which the origin models the records of the others', () => {
  const pages = ['/a/1', '/a/2', '/b/1', '/b/2'].map((key) => candidate(key, { route: `${key.slice(0, 2)}/[slug]` }))
  const context = contextOf({ appPages: [appPage('/a/[slug]'), appPage('/b/[slug]')] })
  const { settings } = toSettings({ maxConcretePages: 1 })
  const kept = withinLimit(classify(pages, context, settings).filter(isServed), settings.maxConcretePages)
  expect(kept.map(({ candidate: { key } }) => key)).toEqual(['/a/[slug]', '/b/[slug]', '/a/1', '/b/1'])
})
