// npm runs this before `npm publish`: first the immediate checks, then the whole test run.

import { readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

import { missingForRelease } from './releasable.mjs'

const missing = missingForRelease(
  JSON.parse(readFileSync('package.json', 'utf8')),
  readFileSync('CHANGELOG.md', 'utf8'),
)
if (missing.length > 0) {
  console.error(['Nothing was published.', ...missing].join('\n'))
  process.exitCode = 1
} else process.exitCode = spawnSync('node', ['scripts/test.mjs'], { stdio: 'inherit' }).status ?? 1
