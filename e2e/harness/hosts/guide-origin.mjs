// An origin that implements Next's PPR platform guide ("Adapter-based") without this package: a POST with `next-resume: 1` goes
// to the route's entrypoint with its body unchanged, everything else to Next's server. Arguments: the app's folder, a port.

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'

const [, , dir, port] = process.argv
const require = createRequire(join(dir, 'package.json'))
const readJson = (file) => JSON.parse(readFileSync(join(dir, '.next', file), 'utf8'))

const app = require('next')({ dev: false, dir })
await app.prepare()
const next = app.getRequestHandler()
const files = readJson('server/app-paths-manifest.json')
const routes = readJson('app-path-routes-manifest.json')
const { dynamicRoutes } = readJson('routes-manifest.json')

function entrypointOf(path) {
  const dynamic = dynamicRoutes.find(({ regex }) => new RegExp(regex).test(path))?.page
  const page =
    Object.keys(routes).find((key) => routes[key] === path) ??
    Object.keys(routes).find((key) => routes[key] === dynamic)
  return page && require(join(dir, '.next', 'server', files[page]))
}

async function resume(incoming, outgoing) {
  const entrypoint = await entrypointOf(new URL(incoming.url, 'http://origin').pathname)
  if (!entrypoint) return outgoing.writeHead(404).end()
  console.log('resumed by the guide')
  const requestMeta = { minimalMode: true, relativeProjectDir: relative(process.cwd(), dir) }
  return entrypoint.handler(incoming, outgoing, { waitUntil: () => {}, requestMeta })
}

createServer((incoming, outgoing) => {
  const isResume = incoming.method === 'POST' && incoming.headers['next-resume'] === '1'
  void (isResume ? resume(incoming, outgoing) : next(incoming, outgoing))
}).listen(Number(port), 'localhost', () => console.log('Ready in an origin of the guide'))
