// Serves one app's holes in three ways, which a header selects: by a direct call of the entrypoint that Next built; by our origin in front
// of Next; in the plain document. Sends the CPU time of every response to the process that started it (gate.ts). Arguments: the app's
// folder, a port, a path, its entrypoint's file.

import diagnostics from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , dir, port, path, entrypointFile] = process.argv
const META = Symbol.for('NextInternalRequestMeta')
const require = createRequire(join(dir, 'package.json'))

const { createOrigin } = await import(pathToFileURL(require.resolve('next-shell-cache/origin')).href)
// Created before Next, so that this handler answers and not the adapter's hook.
const origin = createOrigin({ dir })
const app = require('next')({ dev: false, dir })
await app.prepare()
const next = app.getRequestHandler()
const entrypoint = await require(join(dir, '.next', 'server', entrypointFile))
let postponed

const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
server.listen(Number(port), 'localhost')
await once(server, 'listening')
// The direct call gets the state as Next itself has it.
await fetch(`http://localhost:${port}${path}`, { headers: { arm: 'warm up' } }).then((warm) => warm.text())
process.send({ postponed })
measureAnswers()

async function answer(incoming, outgoing) {
  switch (incoming.headers.arm) {
    case 'bare entrypoint':
      return entrypoint.handler(incoming, outgoing, {
        waitUntil: () => {},
        requestMeta: { postponed, minimalMode: true, relativeProjectDir: relative(process.cwd(), dir) },
      })
    case 'warm up':
      incoming[META] = { onCacheEntryV2: keepState }
      return next(incoming, outgoing)
    default:
      return (await origin(incoming, outgoing)) || next(incoming, outgoing)
  }
}

async function keepState({ value }) {
  postponed = value.postponed
  return false
}

/** Measures from Node's announcement of a request to the end of its response, one request at a time. */
function measureAnswers() {
  diagnostics.subscribe('http.server.request.start', ({ response }) => {
    const before = process.cpuUsage()
    response.once('close', () => {
      const { user, system } = process.cpuUsage(before)
      process.send({ microseconds: user + system })
    })
  })
}
