// Another Next than the repository's, installed from the registry once: the apps of a run on it lie in its folder and resolve it.

import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { releaseFolder } from '../paths.ts'

const run = promisify(execFile)

/** Does nothing where it is there, whole: an install that was killed is done again. */
export async function installNext(version: string): Promise<void> {
  const folder = releaseFolder(version)
  const manifest = JSON.stringify(manifestFor(version))
  const mark = join(folder, 'installed.json')
  if ((await readFile(mark, 'utf8').catch(() => '')) === manifest) return
  await rm(join(folder, 'node_modules'), { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), manifest)
  // No range holds a canary, as semantic versioning has it.
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
