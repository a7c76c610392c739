// `npm run build`: types of every project, then every bundle. Ends with the size of the worker that ships to browsers.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const run = (command, ...args) => execFileSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' })

run('tsc', '-b')
run('vite', 'build', '--logLevel', 'warn')

const worker = readFileSync('dist/worker-bundle/sw.js')
console.log(`worker: ${worker.length} B, ${gzipSync(worker, { level: 9 }).length} B gzipped`)
