// Type-checks blocks of code as a reader would have them: in an app of their own, strict, against the built package.
//
// Each block stands on the very line that it has in its document, so that what the compiler says of it can be looked up there.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { type Block, type Document, ROOT } from './test-documents.ts'

const CODE = ['ts', 'tsx', 'js', 'jsx', 'mjs']

export function isCode({ language }: Block): boolean {
  return CODE.includes(language)
}

/** Modules of the reader's own that the documents speak of. */
const READERS: Readonly<Record<string, string>> = {
  'other-adapter':
    "declare module 'other-adapter' {\n  const adapter: import('next').NextAdapter\n  export default adapter\n}\n",
}

/** What `create-next-app` writes, and checked JavaScript. */
const APP = {
  target: 'ES2022',
  lib: ['dom', 'dom.iterable', 'esnext'],
  types: ['node'],
  allowJs: true,
  checkJs: true,
  strict: true,
  noEmit: true,
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  resolveJsonModule: true,
  isolatedModules: true,
  skipLibCheck: true,
  jsx: 'react-jsx',
}

/**
 * What the compiler says of the documents' code; nothing where all is well.
 *
 * @param place - Name of the folder that is written, below `.work`.
 * @param others - More files to check with it, by name.
 */
export function typeCheck(
  documents: readonly Pick<Document, 'path' | 'blocks'>[],
  place: string,
  others: Readonly<Record<string, string>> = {},
): readonly string[] {
  if (!existsSync(join(ROOT, 'dist', 'types', 'adapter-plugin', 'index.d.ts')))
    throw new Error('There are no built types. Run `npm run build` first.')
  const folder = join(ROOT, '.work', place)
  rmSync(folder, { recursive: true, force: true })
  const write = (name: string, content: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  const files = documents.flatMap(({ path, blocks }) => layOut(path, blocks))
  for (const { name, text } of files) write(name, text)
  for (const [name, text] of Object.entries(others)) write(name, text)
  for (const [name, text] of Object.entries(READERS)) write(`readers/${name}.d.ts`, text)
  const workers = files.filter(({ isWorker }) => isWorker).map(({ name }) => name)
  write('tsconfig.json', JSON.stringify({ compilerOptions: APP, include: ['**/*'], exclude: workers }))
  const worker = { ...APP, lib: ['webworker', 'esnext'], types: [] }
  write('tsconfig.worker.json', JSON.stringify({ compilerOptions: worker, files: workers }))
  return [
    ...compile(join(folder, 'tsconfig.json')),
    ...(workers.length > 0 ? compile(join(folder, 'tsconfig.worker.json')) : []),
  ]
}

type File = { readonly name: string; readonly text: string; readonly isWorker: boolean }

/** Named blocks of a document are files of one app; a second one of the same name begins another app. */
function layOut(path: string, blocks: readonly Block[]): readonly File[] {
  let app = 0
  const taken = new Set<string>()
  return blocks.filter(isCode).map(({ line, language, text }) => {
    const named = /^\/\/ ([\w./[\]-]+\.[cm]?[jt]sx?)\b/.exec(text)?.[1]
    const file = named ?? `line-${line}.${language}`
    if (taken.has(file)) {
      taken.clear()
      app++
    }
    taken.add(file)
    const isWorker = /^sw\.[jt]s$/.test(basename(file))
    return { name: `${path}/${app}/${file}`, text: '\n'.repeat(line) + text, isWorker }
  })
}

function compile(project: string): readonly string[] {
  const options = { cwd: dirname(project), encoding: 'utf8' as const }
  const { stdout, status } = spawnSync('npx', ['--no-install', 'tsc', '-p', project, '--pretty', 'false'], options)
  const said = stdout.split('\n').filter(Boolean)
  return status !== 0 && said.length === 0 ? [`${project}: the compiler ended with ${String(status)}`] : said
}
