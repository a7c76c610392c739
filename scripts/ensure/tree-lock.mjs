// Lets only one command at a time work in a tree: two would build into the same folders, and one could pass with the other's build.
// The lock is a file that names the process. A killed process leaves its file, which the next one removes, and may leave processes
// running, which the next one ends.

import { linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { endLeftovers } from './leftovers.mjs'
import { birthOf, isAlive } from './process-birth.mjs'
import { Stop } from './run.mjs'

const FOLDER = '.work'
/** The environment variable with the tree that a parent command holds. */
const HELD = 'SHELL_CACHE_TREE'

/** Holds the tree until this process ends or calls the returned function. Processes that it starts may work in the tree, too. */
export function holdTree(command, root = process.cwd()) {
  const tree = realpathSync(root)
  if (process.env[HELD] === tree) return () => {}
  const lock = join(tree, FOLDER, 'running.json')
  const own = JSON.stringify({
    pid: process.pid,
    birth: birthOf(process.pid),
    command,
    since: new Date().toISOString(),
  })
  const holder = tryHold(lock, own)
  if (holder)
    throw new Stop(
      `\`${holder.command}\` is at work in this folder (process ${holder.pid}, since ${holder.since}), and two at once would build into the same files. Nothing was started. Wait until it has ended, end it by \`kill ${holder.pid}\`, or take another clone.`,
    )
  const left = endLeftovers(HELD, tree)
  if (left > 0) console.log(`Ended ${left} processes that an earlier command in this folder has left behind.`)
  process.env[HELD] = tree
  const release = () => {
    delete process.env[HELD]
    if (read(lock) === own) rmSync(lock, { force: true })
  }
  process.once('exit', release)
  return release
}

/** The process that already holds the tree; undefined if this process now holds it. */
function tryHold(lock, own) {
  const draft = `${lock}.${process.pid}`
  writeDraft(draft, own)
  try {
    for (;;) {
      if (tryLink(draft, lock)) return undefined
      const text = read(lock)
      const holder = parse(text)
      if (holder && isAlive(holder)) return holder
      if (text !== undefined) takeAway(lock, text)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

function writeDraft(draft, own) {
  try {
    mkdirSync(join(draft, '..'), { recursive: true })
    writeFileSync(draft, own)
  } catch (error) {
    throw new Stop(
      `This user cannot write into this folder (${error.message}). Builds, reports and packages are kept in it, so nothing was started. Run it as the owner, or in a copy of your own.`,
    )
  }
}

/** A link is atomic: it appears with its full content or not at all. */
function tryLink(draft, lock) {
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Since the lock was read, another process may have removed it and created its own: that one is put back. */
function takeAway(lock, text) {
  const aside = `${lock}.${process.pid}.old`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  if (read(aside) !== text) tryLink(aside, lock)
  rmSync(aside, { force: true })
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
