// `npm run build`: types of every project, then every bundle. Ends with the size of the worker that ships to browsers.

import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

import { holdTree, run } from './ensure.mjs'

holdTree('npm run build')

run('npx', ['--no-install', 'tsc', '-b'])
run('npx', ['--no-install', 'vite', 'build', '--logLevel', 'warn'])

const worker = readFileSync('dist/worker-bundle/sw.js')
console.log(`worker: ${worker.length} B, ${gzipSync(worker, { level: 9 }).length} B gzipped`)
