#!/usr/bin/env node
// The command `next-shell-cache`: parses the arguments, runs the command and prints its outcome. Each command has its own file.

import { parseArgs } from 'node:util'

import { diagnose } from './doctor/doctor.ts'
import { inspect } from './inspect.ts'
import type { Outcome } from './outcome.ts'
import { progressOn } from './progress.ts'
import { icons } from './icons/icons.ts'
import { report } from './report/report.ts'
import { uninstall } from './uninstall.ts'

const HELP = `next-shell-cache inspect [folder] [--dist .next] [--against report.json] [--budget bytes] [--total bytes] [--json]

  Shows how each route of a build is served and why, how large its shell and its state are, and what to do about it.

  --dist      the app's \`distDir\`
  --against   an earlier output of --json: shows which states have grown since
  --budget    the most bytes that a shell may have; the command fails if one is larger
  --total     the most bytes, compressed, that all records for browsers may have together; the command fails if there are more
  --json      print JSON for programs

next-shell-cache doctor <url> [--json]

  Visits a deployed app as its worker would, and says what to fix.

next-shell-cache report <file>

  Compares what pages have reported of themselves (\`onReport\`, one JSON object a line): browsers with the worker against the control group.

next-shell-cache icons <logo.svg> [folder] [--force]

  Draws the icons of an app that can be installed, and writes its web app manifest, where Next expects them. Needs
  \`npm install --save-dev @vite-pwa/assets-generator\`.

  --force   replace existing icons

next-shell-cache uninstall [folder] [--force]

  Writes public/sw.js into the app in this folder: a worker that removes itself from every browser that has an earlier one,
  with everything that it stored. Deploy it and keep it for as long as earlier visitors may come back.

  --force   replace an existing public/sw.js
`

async function run(): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      force: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      dist: { type: 'string', default: '.next' },
      against: { type: 'string' },
      budget: { type: 'string' },
      total: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const [command, place, folder] = positionals
  if (values.help) return { text: HELP, passed: true }
  if (command === 'uninstall') return uninstall(place ?? '.', values.force)
  if (command === 'inspect') return inspect(place ?? '.', values)
  if (command === 'doctor') {
    if (place !== undefined) return diagnose(place, values.json, progressOn(process.stderr))
    return complaint('doctor needs the address of a deployment: `next-shell-cache doctor https://shop.example`.')
  }
  if (command === 'report') {
    if (place !== undefined) return report(place)
    return complaint('report needs the file that your collector writes: `next-shell-cache report reports.jsonl`.')
  }
  if (command === 'icons') {
    if (place !== undefined) return icons(place, folder ?? '.', values.force)
    return complaint('icons needs an SVG: `npx next-shell-cache icons logo.svg`.')
  }
  if (command === undefined) return { text: HELP, passed: false }
  return complaint(`${command} is not a command. The commands are inspect, doctor, report, icons and uninstall.`)
}

function complaint(happened: string): Outcome {
  return { text: `[shell-cache] ${happened} Nothing was done. See \`next-shell-cache --help\`.`, passed: false }
}

try {
  const { text, passed, isReport } = await run()
  if (passed || isReport) console.log(text)
  else console.error(text)
  process.exitCode = passed ? 0 : 1
} catch (error) {
  console.error(complaint(error instanceof Error ? error.message : String(error)).text)
  process.exitCode = 1
}
