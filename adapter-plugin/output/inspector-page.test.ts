// Proves that the page contains the build's report in a form that its script can read and that no text of the app can break out of.

import { expect, it } from 'vitest'

import { isInspectedBuild } from '../../protocol/page/inspection.ts'
import { parseJson } from '../../protocol/json-shape.ts'
import { inspectorPage } from './inspector-page.ts'
import { toSettings } from '../config/options.ts'
import { contextOf } from '../test-context.ts'

const page = (key: string): string =>
  inspectorPage(
    '/_next/static/shell-cache/inspector.1.js',
    { pages: [{ key, route: key, mode: 'gated', reason: 'a proxy can match it', opensFrom: 'itself', shellBytes: 3 }] },
    toSettings({ inspector: true }).settings,
    contextOf({ config: { basePath: '/docs' } }),
  )

it('holds what the build knows', () => {
  const build = parseJson(/id="build">(.*)<\/script>/.exec(page('/account'))?.[1] ?? '')
  expect(isInspectedBuild(build)).toBe(true)
  expect(build).toMatchObject({
    buildId: 'build-1',
    workerUrl: '/docs/sw.js',
    pages: [{ key: '/account', mode: 'gated', reason: 'a proxy can match it', shellBytes: 3 }],
    options: { inspector: true, preload: true, offline: null, worker: null },
    defaults: { inspector: false, preload: true },
  })
})

it('cannot be broken out of by a path', () => {
  const text = page('/</script><script>alert(1)</script>')
  expect(text.match(/<\/script>/g)).toHaveLength(2)
  expect(text).not.toContain('<script>alert')
})
