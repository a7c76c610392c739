// Every URL of a build, and every way in which a browser, its router and its worker ask for one.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { computeCacheBustingSearchParam } from 'next/dist/shared/lib/router/utils/cache-busting-search-param.js'

import { formatPreloadHeader } from '../../../protocol/shell-inventory.ts'
import { PRELOAD_HEADER } from '../../../protocol/wire.ts'
import { appFolder, type AppName } from '../../harness/paths.ts'

type Headers = Readonly<Record<string, string>>
export type WalkedApp = 'rooted' | 'proxied' | 'plain'
export type Way = { readonly name: string; readonly method: string; readonly headers: Headers }

const NAVIGATION = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'same-origin',
}
export const SIGNED_IN = { cookie: 'session=ann; a=1' }
const COMPRESSED = { 'accept-encoding': 'gzip, br' }
const ROUTER = { rsc: '1' }
const PREFETCH = { ...ROUTER, 'next-router-prefetch': '1' }

/** Of a browser that says of no page what it shows, or that it shows each as the build has published it. */
const preload = (buildId: string, hasAll: boolean): Headers => ({
  ...NAVIGATION,
  [PRELOAD_HEADER]: formatPreloadHeader({ buildId, hasAll, named: new Map() }),
})

const get = (name: string, headers: Headers): Way => ({ name, method: 'GET', headers })

const WAYS: readonly Way[] = [
  get('a plain GET', {}),
  get('a visitor', { ...NAVIGATION, ...SIGNED_IN, ...COMPRESSED }),
  get('a reload', { ...NAVIGATION, 'cache-control': 'max-age=0', 'if-none-match': '*' }),
  { name: 'HEAD', method: 'HEAD', headers: NAVIGATION },
  { name: 'POST', method: 'POST', headers: { ...NAVIGATION, 'content-type': 'application/octet-stream' } },
  { name: 'OPTIONS', method: 'OPTIONS', headers: { origin: 'http://elsewhere.test' } },
  get('the router', { ...ROUTER, ...SIGNED_IN, ...COMPRESSED }),
  get('a prefetch', PREFETCH),
  get('a prefetch of the tree', { ...PREFETCH, 'next-router-segment-prefetch': '/_tree' }),
]

/** What only one of the apps tells apart: a page that intercepts; whom a proxy and rules turn away, and for whom the proxy throws. */
const OWN_WAYS: Readonly<Record<WalkedApp, readonly Way[]>> = {
  // As the router asks for the one shell of a route that its links share.
  plain: [get('a prefetch of a shell', { ...ROUTER, 'next-router-prefetch': '3' })],
  rooted: [get('the router on a page that intercepts', { ...ROUTER, 'next-url': '/gallery' })],
  proxied: [
    get('one who is turned away', { ...NAVIGATION, cookie: 'session=banned; away=1' }),
    get('one who breaks the proxy', { ...NAVIGATION, cookie: 'session=broken; stay=1' }),
  ],
}

/** @param buildId - Of the build that has a worker. */
export function everyWay(app: WalkedApp, { buildId }: Build, path: string): readonly Way[] {
  return [
    ...WAYS,
    ...OWN_WAYS[app],
    ...(/\.\w+$/.test(path) ? [get('a part', { range: 'bytes=0-1' })] : []),
    get('a preload without shells', preload(buildId, false)),
    get('a preload with the shells', { ...preload(buildId, true), ...SIGNED_IN }),
  ]
}

/** The path as the router writes it: Next redirects what has another hash of these headers. */
export async function pathFor({ headers }: Way, path: string): Promise<string> {
  if (headers['rsc'] === undefined) return path
  const prefetch = headers['next-router-prefetch']
  const hash = await computeCacheBustingSearchParam(
    prefetch === '1' || prefetch === '3' ? prefetch : undefined,
    headers['next-router-segment-prefetch'],
    undefined,
    headers['next-url'],
  )
  return `${path}${path.includes('?') ? '&' : '?'}_rsc=${hash}`
}

export type Build = {
  /** As browsers name the build: with the app's base path. */
  readonly buildId: string
  readonly paths: readonly string[]
}

/** They end when the client goes, or tell of the requests before; no browser opens an intercepting route. */
const NOT_WALKED = /^\/_|^\/api\/(?:stream\/|seen|streams)|\(\.\)/

/**
 * @param others - What the build itself does not name; BUILD stands for its id in them, NEW for the new name.
 * @param newName - For parameters: what Next makes of a path at its first request is kept on the disk, also from one run to the next.
 */
export async function readBuild(app: AppName, others: readonly string[], newName: string): Promise<Build> {
  const folder = join(appFolder(app), '.next')
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'))
  const buildId = (await readFile(join(folder, 'BUILD_ID'), 'utf8')).trim()
  const { routes } = await read('prerender-manifest.json')
  const { basePath, staticRoutes, dynamicRoutes } = await read('routes-manifest.json')
  const { rootMainFiles, polyfillFiles, lowPriorityFiles } = await read('build-manifest.json')
  const pages: string[] = [...staticRoutes, ...dynamicRoutes].map(({ page }: { page: string }) => page)
  const files: string[] = [rootMainFiles[0], polyfillFiles[0], ...lowPriorityFiles]
  const named = [...Object.keys(routes), ...pages].filter((page) => !NOT_WALKED.test(page))
  const asked = others.map((path) => path.replace('BUILD', buildId).replaceAll('NEW', newName))
  const all = [
    ...named.map((page) => encodeURI(aPathOf(page, newName))),
    ...asked,
    ...files.map((file) => `/_next/${file}`),
  ]
  return { buildId: buildId + basePath, paths: [...new Set(all.map((path) => basePath + path))] }
}

export function aPathOf(pattern: string, name: string): string {
  return pattern.replaceAll(/\[[^\]]+\]+/g, name)
}
