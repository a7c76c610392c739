#!/usr/bin/env node
// The command `next-shell-cache`. `uninstall` writes the kill switch for apps that no longer build with this package, or that
// must be rid of the worker before the next build: a file of `public/`, which every host serves.

import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { WORKER_PATH } from '../protocol/wire.ts'
import { readUninstaller, SCRIPTS } from './browser-scripts.ts'

const HELP = `next-shell-cache uninstall [folder] [--force]

  Writes public/sw.js into the app in this folder: a worker that takes itself out of every browser that has an earlier one,
  with all that it stored. Deploy it and leave it there for as long as visitors of before may come back.

  --force   in the place of a public/sw.js that is there already
`

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { force: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  const [command, folder = '.'] = positionals
  if (command === 'uninstall' && values.help !== true) return uninstall(folder, values.force === true)
  console.log(HELP)
  if (values.help !== true) process.exitCode = 1
}

async function uninstall(folder: string, isForced: boolean): Promise<void> {
  const file = join(folder, 'public', WORKER_PATH)
  if (!existsSync(join(folder, 'package.json'))) return fail(`${folder} holds no app.`, 'Name the folder of the app.')
  if (existsSync(file) && !isForced) return fail(`${file} is there already.`, 'Use --force to write over it.')
  await mkdir(join(folder, 'public'), { recursive: true })
  await writeFile(file, await readUninstaller(SCRIPTS))
  console.log(
    `Wrote ${file}. Take withShellCache() out of next.config and <ShellCache /> out of the layout, and deploy: at each visitor's next page load the worker removes itself and all that it stored.`,
  )
}

function fail(happened: string, todo: string): void {
  console.error(`[shell-cache] ${happened} Nothing was written. ${todo}`)
  process.exitCode = 1
}

await run().catch((error: unknown) => {
  fail(error instanceof Error ? error.message : String(error), 'See `next-shell-cache --help`.')
})
