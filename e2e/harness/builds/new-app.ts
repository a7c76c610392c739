// Makes a fresh app with create-next-app and follows the README's steps, as somebody would who has read nothing else. All commands
// and changes come from its section "Use it".

import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { appFolder, ROOT, WORK } from '../paths.ts'
import { lockedNext } from './peer-range.ts'

const run = promisify(execFile)

/** What a user would type, with flags that avoid needless requests to the registry. */
const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund']

/** Makes the app and takes every step except building and starting it, which the suite does. */
export async function makeNewApp(name: string, tarball: string): Promise<string> {
  const folder = appFolder(name)
  await rm(folder, { recursive: true, force: true })
  await mkdir(dirname(folder), { recursive: true })
  await createApp(folder)
  for (const step of await readSteps()) {
    if (step.kind === 'edit') await edit(join(folder, step.file), step.lines)
    else if (step.kind === 'page') await addPage(join(folder, step.file), step.text)
    else if (step.command === 'npm install next-shell-cache') await run('npm', [...INSTALL, tarball], { cwd: folder })
    else if (!LEFT_TO_THE_SUITE.includes(step.command)) throw new Error(`The README says "${step.command}"`)
  }
  return folder
}

const LEFT_TO_THE_SUITE = ['npx next build', 'npx next start']

/** All defaults, in the minor version that the suite runs on: Next and create-next-app do not always publish a patch together. */
async function createApp(folder: string): Promise<void> {
  const [major, minor] = lockedNext().split('.')
  const maker = ['--yes', '--prefer-offline', `create-next-app@~${major}.${minor}.0`, folder]
  // create-next-app remembers earlier answers.
  const env = { ...process.env, XDG_CONFIG_HOME: join(WORK, 'config'), NEXT_TELEMETRY_DISABLED: '1' }
  await run('npx', [...maker, '--yes', '--use-npm', '--skip-install', '--disable-git'], { cwd: dirname(folder), env })
  await run('npm', INSTALL, { cwd: folder })
}

type Step =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'edit'; readonly file: string; readonly lines: readonly string[] }
  | { readonly kind: 'page'; readonly file: string; readonly text: string }

/** The steps of the section, in order: one for each line of a shell block, one for each block with a change or a page. */
async function readSteps(): Promise<readonly Step[]> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const section = /\n## Use it\n(.*?)\n## /s.exec(readme)?.[1]
  if (section === undefined) throw new Error('The README has no section "Use it"')
  return [...section.matchAll(/^```(\w+)(?: file=\S+\/starter\/(\S+))?\n(.*?)^```$/gms)].flatMap(
    ([, language, file, text = '']): Step[] => {
      if (file !== undefined) return [{ kind: 'page', file, text }]
      const lines = text.split('\n').filter((line) => line.trim() !== '')
      if (language === 'sh') return lines.map((line) => ({ kind: 'command', command: line.replace(/\s*#.*/, '') }))
      const [first = '', ...rest] = lines
      if (language !== 'diff') throw new Error(`The README has a block of ${language} among its steps`)
      return [{ kind: 'edit', file: first.replace('//', '').trim(), lines: rest }]
    },
  )
}

async function addPage(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

/** Where a reader would add the next line, and what separates it from the existing text. */
type Place = { readonly at: number; readonly before: string; readonly after: string }

/**
 * Changes a file as a reader would. A line that is added before any existing line is named goes to the top; after a removed line it
 * takes that line's place; after a kept line it goes below. Every existing line that is named must be in the file exactly once.
 */
async function edit(file: string, lines: readonly string[]): Promise<void> {
  let text = await readFile(file, 'utf8')
  let place: Place = { at: 0, before: '', after: '\n' }
  for (const line of lines) {
    const words = line.slice(1).trim()
    if (line.startsWith('+')) {
      const added = place.before + words + place.after
      text = text.slice(0, place.at) + added + text.slice(place.at)
      place = { ...place, at: place.at + added.length }
      continue
    }
    const at = text.indexOf(words)
    if (at < 0 || at !== text.lastIndexOf(words)) throw new Error(`${file} does not have "${words}" once`)
    const end = at + words.length
    if (line.startsWith('-')) {
      text = text.slice(0, at) + text.slice(end)
      place = { at, before: '', after: '' }
    } else {
      place = { at: end, before: '\n', after: '' }
    }
  }
  await writeFile(file, text)
}
