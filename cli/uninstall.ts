// `next-shell-cache uninstall`: writes the kill switch for apps that no longer build with this package, or that must remove the worker
// before the next build. It is a file in `public/`, which every host serves.

import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { isOurCopy, readUninstaller, SCRIPTS } from '../adapter-plugin/browser-scripts.ts'
import { WORKER_PATH } from '../protocol/wire.ts'
import type { Outcome } from './outcome.ts'

/** @param isForced - Overwrite an existing file. */
export async function uninstall(folder: string, isForced: boolean): Promise<Outcome> {
  const file = join(folder, 'public', WORKER_PATH)
  if (!existsSync(join(folder, 'package.json')))
    return failed(`${folder} has no package.json.`, 'Name the folder of the app.')
  if (existsSync(file) && !isForced && !isOurCopy(await readFile(file, 'utf8')))
    return failed(`${file} is there already.`, 'Use --force to overwrite it.')
  await mkdir(join(folder, 'public'), { recursive: true })
  await writeFile(file, await readUninstaller(SCRIPTS))
  return {
    passed: true,
    text: `Wrote ${file}. Remove withShellCache() from next.config, and <ShellCache /> from the layout if it is there, and deploy. At each visitor's next page load the worker removes itself and everything that it stored.`,
  }
}

function failed(happened: string, fix: string): Outcome {
  return { passed: false, text: `[shell-cache] ${happened} Nothing was written. ${fix}` }
}
