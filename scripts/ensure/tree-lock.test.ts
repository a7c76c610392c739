// Tests the lock with real processes, because a process holds it.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { birthOf } from './process-birth.mjs'
import { holdTree } from './tree-lock.mjs'

let tree: string
let lock: string
const started: ChildProcess[] = []

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'shell-cache-tree-'))
  lock = join(tree, '.work', 'running.json')
})
afterEach(async () => {
  for (const child of started.splice(0)) await kill(child)
  rmSync(tree, { recursive: true, force: true })
})

const MODULE = new URL('tree-lock.mjs', import.meta.url).href

/** Another process that holds the tree until it is killed. */
async function startHolder(more = ''): Promise<ChildProcess> {
  const script = `import { holdTree } from ${JSON.stringify(MODULE)}; holdTree('npm test'); console.log('held'); setInterval(() => {}, 1e6); ${more}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: tree,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  await once(child.stdout, 'data')
  return child
}

/** The next line that it prints after 'held'. */
async function nextLine(child: ChildProcess): Promise<string> {
  const [line]: Buffer[] = child.stdout ? await once(child.stdout, 'data') : []
  return String(line)
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

it('refuses a second command, and names the first', async () => {
  const holder = await startHolder()
  expect(() => holdTree('npm run demo', tree)).toThrow(
    new RegExp(
      `^\\[shell-cache\\] \`npm test\` is at work in this folder \\(process ${holder.pid}, since .*kill ${holder.pid}`,
    ),
  )
  expect(existsSync(lock)).toBe(true)
})

it('takes over from a command that was killed', async () => {
  await kill(await startHolder())
  expect(existsSync(lock)).toBe(true)
  holdTree('npm test', tree)()
  expect(existsSync(lock)).toBe(false)
})

it.skipIf(process.platform !== 'linux')('ends what a killed command has left running in the tree', async () => {
  const holder = await startHolder(
    "const { spawn } = await import('node:child_process'); console.log(spawn('sleep', ['600'], { detached: true }).pid)",
  )
  const left = Number(await nextLine(holder))
  await kill(holder)
  expect(birthOf(left)).not.toBe('')
  holdTree('npm test', tree)()
  await expect.poll(() => birthOf(left)).toBe('')
})

it('lets what the holder starts work in the tree', () => {
  const release = holdTree('npm test', tree)
  expect(process.env['SHELL_CACHE_TREE']).toBe(tree)
  holdTree('npm run build', tree)()
  expect(existsSync(lock)).toBe(true)
  release()
  expect(existsSync(lock)).toBe(false)
  expect(process.env['SHELL_CACHE_TREE']).toBeUndefined()
})

it.each([
  ['a file that was never written to its end', () => '{"pid":'],
  ['an empty file', () => ''],
  ['the number of a process that is another one now', () => JSON.stringify({ pid: process.pid, birth: 'long ago' })],
  ['a process that has none', () => JSON.stringify({ pid: process.pid, birth: '' })],
])('takes %s for no holder', (_what, text) => {
  mkdirSync(join(tree, '.work'))
  writeFileSync(lock, text())
  holdTree('npm test', tree)()
  expect(existsSync(lock)).toBe(false)
})

it('leaves the file of another holder alone when it is released late', () => {
  const release = holdTree('npm test', tree)
  writeFileSync(lock, '{}')
  release()
  expect(existsSync(lock)).toBe(true)
})

it('tells a process from its successors, and from none', async () => {
  const child = await startHolder()
  const birth = birthOf(child.pid)
  expect(birth).not.toBe('')
  expect(birthOf(child.pid)).toBe(birth)
  expect(birthOf(process.pid)).not.toBe(birth)
  await kill(child)
  expect(birthOf(child.pid)).toBe('')
})
