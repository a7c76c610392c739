// The copy of the worker in `public/`, for hosts whose tool reads the build folder and serves no rewrite to a static file (Netlify,
// OpenNext, Amplify):
//
//   must never outlive what it is a copy of: each build writes it anew or removes it, `next dev` removes it;
//   must never touch a file that is not ours: its first line says whose it is.

import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { PUBLIC_FOLDER, WORKER_PATH } from '../../protocol/wire.ts'
import { isOurCopy, markCopy } from '../browser-scripts.ts'
import { tell } from '../errors.ts'
import { hostProblems } from '../host-problems.ts'

/**
 * What tools of hosts set while they run `next build`: OpenNext, Netlify and Firebase the first (each reads the standalone output), Amplify
 * the last.
 */
const HOSTS_SET = ['NEXT_PRIVATE_STANDALONE', 'NETLIFY', 'AWS_APP_ID'] as const

/** Whether this build writes the copy. */
export function isCopied(publicWorker: boolean | 'auto'): boolean {
  return publicWorker === 'auto' ? HOSTS_SET.some((name) => Boolean(process.env[name])) : publicWorker
}

/** Whether the app's own `public/` has a worker at our path. */
export function isOwnPublicWorker(projectDir: string): boolean {
  if (!existsSync(placeOf(projectDir))) return false
  try {
    return !isOurCopy(readFileSync(placeOf(projectDir), 'utf8'))
  } catch {
    return true
  }
}

/** Removes a copy of ours, and nothing else. What cannot be removed stays. */
export function removePublicWorker(projectDir: string): void {
  try {
    if (isOurCopy(readFileSync(placeOf(projectDir), 'utf8'))) rmSync(placeOf(projectDir))
  } catch {
    // There is none.
  }
}

type Built = { readonly distDir: string; readonly projectDir: string }

/** Copies the worker that the build has written. What fails here is told: it never rejects. */
export async function copyWorker({ distDir, projectDir }: Built): Promise<void> {
  try {
    const worker = await readFile(join(distDir, 'static', PUBLIC_FOLDER, WORKER_PATH), 'utf8')
    await mkdir(dirname(placeOf(projectDir)), { recursive: true })
    // A step of the app's build may have put one of its own there meanwhile.
    await writeFile(placeOf(projectDir), markCopy(worker), { flag: 'wx' })
    if (!process.env['CI'] && !(await isIgnored(projectDir))) tell(hostProblems.publicWorkerNotIgnored)
  } catch (error) {
    tell(hostProblems.publicWorkerNotWritten(error))
  }
}

function placeOf(projectDir: string): string {
  return join(projectDir, 'public', WORKER_PATH)
}

/** git's own word; true as well where there is no git to commit it by. */
function isIgnored(projectDir: string): Promise<boolean> {
  const args = ['check-ignore', '--quiet', placeOf(projectDir)]
  return new Promise((resolve) => {
    execFile('git', args, { cwd: projectDir, timeout: 5000 }, (error) => resolve(error?.code !== 1))
  })
}
