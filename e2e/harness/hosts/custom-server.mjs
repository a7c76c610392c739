// A custom server in front of Next, as in our documentation. Arguments: the app's folder, a port. HOST_HEADERS: headers that it adds
// to every response, as helmet does, by path prefix.

import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , dir, port] = process.argv
const require = createRequire(join(dir, 'package.json'))
const { createOrigin } = await import(pathToFileURL(require.resolve('next-shell-cache/origin')).href)
// Created before Next, so that this handler answers and not the adapter's hook.
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
