// Writes a copy of the worker to `public/`, for hosts whose tool reads the build folder and cannot rewrite to a static file (Netlify,
// OpenNext, Amplify):
//
//   must never outlive the original: each build writes the copy again or removes it, and `next dev` removes it;
//   must never touch a file that is not ours: the first line of the file tells.

import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { PUBLIC_FOLDER, WORKER_PATH } from '../../protocol/wire.ts'
import { isOurCopy, markCopy } from '../browser-scripts.ts'
import { tell } from '../errors.ts'
import { hostProblems } from '../host-problems.ts'

/**
 * Variables that the tools of hosts set while they run `next build`. OpenNext, Netlify and Firebase set the first (each reads the
 * standalone output), Amplify the last.
 */
const HOSTS_SET = ['NEXT_PRIVATE_STANDALONE', 'NETLIFY', 'AWS_APP_ID'] as const

/** Whether this build writes the copy. */
export function isCopied(publicWorker: boolean | 'auto'): boolean {
  return publicWorker === 'auto' ? HOSTS_SET.some((name) => Boolean(process.env[name])) : publicWorker
}

/** Whether `public/` has a worker of the app's own at our path. */
export function isOwnPublicWorker(projectDir: string): boolean {
  if (!existsSync(placeOf(projectDir))) return false
  try {
    return !isOurCopy(readFileSync(placeOf(projectDir), 'utf8'))
  } catch {
    return true
  }
}

/** Removes only our own copy. If it cannot be removed, it stays. */
export function removePublicWorker(projectDir: string): void {
  try {
    if (isOurCopy(readFileSync(placeOf(projectDir), 'utf8'))) rmSync(placeOf(projectDir))
  } catch {
    // There is no file.
  }
}

type Built = { readonly distDir: string; readonly projectDir: string }

/** Copies the worker that the build has written. Reports a failure and never rejects. */
export async function copyWorker({ distDir, projectDir }: Built): Promise<void> {
  try {
    const worker = await readFile(join(distDir, 'static', PUBLIC_FOLDER, WORKER_PATH), 'utf8')
    await mkdir(dirname(placeOf(projectDir)), { recursive: true })
    // A step of the app's build may have written its own worker there in the meantime.
    await writeFile(placeOf(projectDir), markCopy(worker), { flag: 'wx' })
    if (!process.env['CI'] && !(await isIgnored(projectDir))) tell(hostProblems.publicWorkerNotIgnored)
  } catch (error) {
    tell(hostProblems.publicWorkerNotWritten(error))
  }
}

function placeOf(projectDir: string): string {
  return join(projectDir, 'public', WORKER_PATH)
}

/** Asks git. Also true without git, because then nothing can commit the file. */
function isIgnored(projectDir: string): Promise<boolean> {
  const args = ['check-ignore', '--quiet', placeOf(projectDir)]
  return new Promise((resolve) => {
    execFile('git', args, { cwd: projectDir, timeout: 5000 }, (error) => resolve(error?.code !== 1))
  })
}
