// Serves the output folder of the Build Output API: static files, functions as Node handlers, and prerendered pages by their configs.
// The fallback file of a page with holes is its state and shell; what the function renders from the state follows the shell
// (Next's document "Implementing PPR in an Adapter", and `chain` of the prerender's config).

import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { filesBelow } from '../../harness/builds/build-app.ts'
import { call, isFile, sendFile, withoutConnection } from './front.ts'
import { type Condition, resolveRoute, type Route } from './routes.ts'

type Output = {
  readonly config: {
    readonly routes: readonly Route[]
    readonly overrides?: Readonly<Record<string, { readonly path?: string; readonly contentType?: string }>>
  }
  readonly folder: string
}

type Prerender = {
  readonly initialHeaders?: Readonly<Record<string, string>>
  readonly initialStatus?: number
  readonly fallback: string | null
  readonly bypassToken?: string
  readonly experimentalBypassFor?: readonly Condition[]
  readonly chain?: { readonly headers: Readonly<Record<string, string>>; readonly outputPath: string }
}

/** Puts all functions of an app into one folder: their code is the same, and their configs allow it (`experimentalAllowBundling`). */
export async function layOutFunctions(output: string, root: string, target: string): Promise<string> {
  await rm(target, { recursive: true, force: true })
  let handler: string | undefined
  for (const [name, content] of await filesBelow(join(output, 'functions'))) {
    if (!name.endsWith('.func/.vc-config.json')) continue
    const config: { handler: string; filePathMap: Record<string, string> } = JSON.parse(content.toString())
    for (const [to, from] of Object.entries(config.filePathMap)) await copyFile(join(root, from), join(target, to))
    handler ??= config.handler
    await copyFile(join(output, 'functions', dirname(name), handler), join(target, handler))
  }
  if (handler === undefined) throw new Error(`${output} has no functions`)
  return join(target, handler)
}

async function copyFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await cp(from, to, { recursive: true, dereference: true })
}

export async function readOutput(folder: string): Promise<Output> {
  return { folder, config: JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) }
}

/** @param port - The port of the functions' server. */
export async function answerFromOutput(
  { folder, config }: Output,
  port: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const staticFile = (path: string): string | undefined => {
    const named = Object.entries(config.overrides ?? {}).find(([, override]) => `/${override.path}` === path)?.[0]
    const file = join(folder, 'static', named ?? path)
    return isFile(file) ? file : undefined
  }
  const functionOf = (path: string): string => join(folder, 'functions', path === '/' ? 'index' : path)
  const exists = (path: string): boolean =>
    staticFile(path) !== undefined || isFile(join(`${functionOf(path)}.func`, '.vc-config.json'))
  const target = resolveRoute(config.routes, incoming.url ?? '/', incoming.headers, exists)
  if (!target) return void outgoing.writeHead(404).end('Not found')
  if (target.headers['location'] !== undefined)
    return void outgoing.writeHead(target.status ?? 307, { ...target.headers }).end()
  const file = staticFile(target.path)
  if (file !== undefined)
    return sendFile(
      outgoing,
      file,
      { 'cache-control': 'public, max-age=0, must-revalidate', ...target.headers },
      target.status,
    )
  const { pathname } = new URL(incoming.url ?? '/', 'http://localhost')
  const query = String(target.query)
  const asked = {
    port,
    path: query === '' ? pathname : `${pathname}?${query}`,
    headers: { ...incoming.headers, 'x-matched-path': target.headers['x-matched-path'] ?? target.path },
  }
  const prerender = await readFile(`${functionOf(target.path)}.prerender-config.json`, 'utf8').catch(() => undefined)
  const page: Prerender | undefined = prerender === undefined ? undefined : JSON.parse(prerender)
  if (page?.fallback != null && isCached(page, incoming)) {
    const content = await readFile(join(dirname(functionOf(target.path)), page.fallback))
    return sendPrerender(page, content, asked, outgoing)
  }
  const response = await call({ ...asked, method: incoming.method ?? 'GET', body: incoming })
  outgoing.writeHead(response.statusCode ?? 502, withoutConnection(response.headers))
  outgoing.flushHeaders()
  await pipeline(response, outgoing)
}

/** As documented, GET and HEAD come from the cache, except for drafts and for the conditions in the config. */
function isCached({ bypassToken, experimentalBypassFor }: Prerender, { method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  if (bypassToken !== undefined && headers.cookie?.includes(`__prerender_bypass=${bypassToken}`) === true) return false
  return !(experimentalBypassFor ?? []).some(({ key, value }) => {
    const given = headers[key.toLowerCase()]
    return given !== undefined && (value === undefined || new RegExp(`^${value}$`).test(String(given)))
  })
}

type Asked = { readonly port: number; readonly path: string; readonly headers: IncomingMessage['headers'] }

async function sendPrerender(page: Prerender, content: Buffer, asked: Asked, outgoing: ServerResponse): Promise<void> {
  const { 'x-next-cache-tags': tags, 'content-type': type = '', ...headers } = page.initialHeaders ?? {}
  void tags
  const [, length = '0', origin = type] = /state-length=(\d+); origin="([^"]+)"/.exec(type) ?? []
  const state = content.subarray(0, Number(length))
  outgoing.writeHead(page.initialStatus ?? 200, {
    'cache-control': 'public, max-age=0, must-revalidate',
    'content-type': origin,
    ...headers,
  })
  if (!page.chain || state.length === 0) return void outgoing.end(content)
  outgoing.write(content.subarray(state.length))
  const { 'content-length': ownLength, ...asking } = asked.headers
  void ownLength
  const resumed = { ...asking, ...page.chain.headers, 'content-length': String(state.length) }
  await pipeline(await call({ ...asked, method: 'POST', headers: resumed, body: state }), outgoing)
}
