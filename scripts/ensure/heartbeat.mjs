// `node heartbeat.mjs <what is waited for> <command> …`: runs a command and prints every half minute that it is still running. It is a
// process of its own because the scripts that use it wait synchronously, so no timer of theirs could fire.

import { spawn } from 'node:child_process'

const PERIOD_MS = 30_000

const [waitingFor, command, ...args] = process.argv.slice(2)
const started = performance.now()
const seconds = () => Math.round((performance.now() - started) / 1000)
const timer = setInterval(() => console.log(`Still waiting for ${waitingFor}, ${seconds()} s by now`), PERIOD_MS)

const child = spawn(command, args, { stdio: 'inherit' })
child.once('error', (error) => {
  console.error(String(error))
  process.exit(1)
})
child.once('exit', (code, signal) => {
  clearInterval(timer)
  if (signal) process.kill(process.pid, signal)
  else process.exitCode = code
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
