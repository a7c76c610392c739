// Runs the adapter for a build with as many pages as its argument says: Next's outputs are generated, everything after them is real.
// Prints the costs and the sizes of the output as JSON. Started by many-pages.ts, one process for each number.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createShellCacheAdapter } from 'next-shell-cache/adapter'

const count = Number(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'shell-cache-many-'))
const distDir = join(folder, '.next')
// More files than the adapter may publish, all different.
const files = Array.from({ length: 1000 }, (_, at) => join(folder, `page-${at}.html`))
for (const [at, file] of files.entries()) writeFileSync(file, `<!DOCTYPE html><html>${at} ${'shell '.repeat(1000)}`)
const [file] = files

const headers = { 'content-type': 'text/html; charset=utf-8', 'x-next-cache-tags': '_N_T_/layout,products' }
const html = (pathname, postponedState, filePath = file) => ({
  id: pathname,
  pathname,
  parentOutputId: '/p/[slug]',
  groupId: 1,
  pprChain: { headers: { 'next-resume': '1' } },
  fallback: { filePath, postponedState, initialStatus: 200, initialHeaders: headers, initialRevalidate: 900 },
  config: { renderingMode: 'PARTIALLY_STATIC', bypassToken: 'a-secret-of-the-app' },
})
const rsc = (pathname) => ({
  ...html(pathname, undefined),
  fallback: { filePath: file, initialHeaders: { 'content-type': 'text/x-component' } },
})
const state = `state ${'x'.repeat(4000)}`
const prerenders = [html('/p/[slug]', state)]
for (let at = 0; at < count; at++) {
  const path = `/p/page-${String(at).padStart(6, '0')}`
  prerenders.push(
    html(path, state, files[at % files.length]),
    rsc(`${path}.rsc`),
    rsc(`${path}.segments/_tree.segment.rsc`),
  )
}
const page = { id: '/p/[slug]', pathname: '/p/[slug]', filePath: file, runtime: 'nodejs', config: {} }
const outputs = { pages: [], pagesApi: [], appRoutes: [], appPages: [page], prerenders, staticFiles: [] }
const none = { beforeMiddleware: [], middlewareMatchers: [], beforeFiles: [], afterFiles: [], dynamicRoutes: [] }
const config = { basePath: '', trailingSlash: false, poweredByHeader: true, cacheComponents: true }
const context = {
  buildId: 'build',
  nextVersion: '16.4.6',
  projectDir: folder,
  repoRoot: folder,
  distDir,
  routing: { ...none, onMatch: [], fallback: [] },
  outputs,
  config: { ...config, env: { SHELL_CACHE_WORKER: '/sw.js' } },
}

const print = console.log
console.log = () => {}
const before = process.resourceUsage().maxRSS
const started = performance.now()
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- Next does not export the enum of its types
await createShellCacheAdapter().onBuildComplete(context)
const seconds = (performance.now() - started) / 1000
const published = join(distDir, 'static', 'shell-cache')
const names = readdirSync(published)
const bytesOf = (name) => statSync(join(published, name)).size
const manifest = names.find((name) => name.startsWith('manifest.'))
const origin = JSON.parse(readFileSync(join(distDir, 'server', 'shell-cache', 'origin.json'), 'utf8'))
print(
  JSON.stringify({
    count,
    seconds,
    addedMegabytes: (process.resourceUsage().maxRSS - before) / 1024,
    manifestBytes: bytesOf(manifest),
    installBytes: names.filter((name) => name.endsWith('.txt')).reduce((sum, name) => sum + bytesOf(name), 0),
    workerBytes: bytesOf('sw.js'),
    originRecords: origin.records.length,
    routes: origin.routes.length,
  }),
)
rmSync(folder, { recursive: true })
