// A server of one's own in front of Next, as the documents show it. Arguments: the app's folder, a port. HOST_HEADERS: what it
// adds to every answer, as helmet does, by the beginning of a path.

import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , dir, port] = process.argv
const require = createRequire(join(dir, 'package.json'))
const { createOrigin } = await import(pathToFileURL(require.resolve('next-shell-cache/origin')).href)
// Made before Next is there, so that it is this handler that answers and not the hook of the adapter.
const origin = createOrigin({ dir })
const app = require('next')({ dev: false, dir })
await app.prepare()
const next = app.getRequestHandler()

const added = Object.entries(JSON.parse(process.env.HOST_HEADERS ?? '{}'))

function addHeaders({ url }, outgoing) {
  for (const [start, headers] of added)
    if (url.startsWith(start)) for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
}

const answer = async (incoming, outgoing) => (await origin(incoming, outgoing)) || next(incoming, outgoing)

createServer((incoming, outgoing) => {
  addHeaders(incoming, outgoing)
  void answer(incoming, outgoing)
}).listen(Number(port), 'localhost', () => console.log('Ready in a custom server'))
