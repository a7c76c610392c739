// Installs another version of Next than the repository's, once. The apps of a run on that version are in its folder, so they resolve it.

import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { releaseFolder } from '../paths.ts'

const run = promisify(execFile)

/** Does nothing if that version is completely installed. An install that was killed is repeated. */
export async function installNext(version: string): Promise<void> {
  const folder = releaseFolder(version)
  const manifest = JSON.stringify(manifestFor(version))
  const mark = join(folder, 'installed.json')
  if ((await readFile(mark, 'utf8').catch(() => '')) === manifest) return
  await rm(join(folder, 'node_modules'), { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), manifest)
  // Hence legacy-peer-deps: in semantic versioning, no plain range includes a canary.
  await run('npm', ['install', '--no-fund', '--no-audit', '--silent', '--prefer-offline', '--legacy-peer-deps'], {
    cwd: folder,
  })
  await writeFile(mark, manifest)
}

function manifestFor(next: string): object {
  return {
    name: 'release',
    private: true,
    dependencies: { next, react: '^19.2.0', 'react-dom': '^19.2.0' },
    devDependencies: { typescript: '5.9.3', '@types/react': '^19.2.0', '@types/node': '^20.19.0' },
  }
}
