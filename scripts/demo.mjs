// `npm run demo`: builds and serves the example shop, starting from a clean clone.

import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'

import { ensureDependencies, holdTree, run } from './ensure.mjs'

const FIRST_PORT = 3000

const release = holdTree('npm run demo')
ensureDependencies()
run('node', ['scripts/build.mjs'])
const envOf = () => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  SHOP_DELAY_MS: process.env.SHOP_DELAY_MS ?? '600',
})
run('npm', ['run', 'build', '--workspace', 'shop'], envOf())
// The tree is free again: the server uses only the app's own folder.
release()
const port = await freePort(Number(process.env.PORT ?? FIRST_PORT))
// Starts Next itself, not npx: a signal to this script must end the server.
const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const start = [next, 'start', '-p', String(port), '-H', 'localhost']
const server = spawn(process.execPath, start, { cwd: 'examples/shop', stdio: 'inherit', env: envOf() })
server.once('exit', (code) => process.exit(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.kill(signal))

console.log(`
  Open   http://localhost:${port}
  Wait   until the footer says "10 shells in this browser"
  Then   open a page by its address, in this tab or a new one: /products/tide-lamp, /products/rain-coat, /cart
         The shell is there at once, price and stock follow in the same response.
  Look   in the browser's network panel: the document's Timing tab shows "shell: instant"
  Break  stop this server: open, reload, follow links; the counter counts. Start it again and the holes fill
  Note   a reload asks the network first
`)

function freePort(wanted) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(freePort(wanted + 1)))
    probe.listen(wanted, () => probe.close(() => resolve(wanted)))
  })
}
