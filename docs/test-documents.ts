// The documents as data: blocks of code, code in a line, links, headings. Read by the tests beside it.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT: string = fileURLToPath(new URL('..', import.meta.url))

/** A block between fences. */
export type Block = {
  /** Path and line of the fence, as an editor opens it. */
  readonly at: string
  /** Of the fence, counted from one. */
  readonly line: number
  readonly language: string
  /** What follows the language: `file=examples/nginx/nginx.conf`. */
  readonly hint: string
  readonly text: string
}

/** Something in a line, and where. */
export type Inline = { readonly at: string; readonly text: string }

export type Document = {
  /** Relative to the repository, with slashes. */
  readonly path: string
  readonly blocks: readonly Block[]
  /** Lines that Markdown takes for code by their indentation: no one says of what. */
  readonly indented: readonly Inline[]
  /** Code in a line, without its backticks. */
  readonly codes: readonly Inline[]
  /** Targets of links and images. */
  readonly links: readonly Inline[]
  /** What GitHub makes of its headings. */
  readonly anchors: ReadonlySet<string>
}

/** What users and contributors read. */
export function readDocuments(): readonly Document[] {
  const below = ['docs', 'decisions', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.md') && !/node_modules|\.next/.test(path)),
  )
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...below.toSorted()].map(readDocument)
}

function readDocument(path: string): Document {
  const parsed = parseDocument(readFileSync(join(ROOT, path), 'utf8'), path)
  return { path, ...parsed }
}

/** @param path - For what is said of it. */
export function parseDocument(text: string, path: string): Omit<Document, 'path'> {
  const blocks: Block[] = []
  const prose: Inline[] = []
  let open:
    | { readonly fence: string; readonly line: number; readonly info: string; readonly lines: string[] }
    | undefined
  for (const [index, content] of text.split('\n').entries()) {
    const [, fence, info = ''] = /^ *(`{3,}|~{3,})(.*)$/.exec(content) ?? []
    if (open && fence === open.fence && info === '') {
      blocks.push(toBlock(path, open))
      open = undefined
    } else if (open) open.lines.push(content)
    else if (fence !== undefined) open = { fence, line: index + 1, info, lines: [] }
    else prose.push({ at: `${path}:${index + 1}`, text: content })
  }
  if (open) throw new Error(`${path}:${open.line} opens a block that nothing closes`)
  return {
    blocks,
    indented: prose.filter(({ text: line }, index) => /^ {4}/.test(line) && prose[index - 1]?.text.trim() === ''),
    codes: prose.flatMap((line) => found(line, /(?<!`)`([^`]+)`(?!`)/g)),
    links: prose.flatMap((line) => found({ ...line, text: line.text.replaceAll(/`[^`]*`/g, '') }, /\]\(([^)\s]+)\)/g)),
    anchors: toAnchors(prose.flatMap(({ text: line }) => /^#{1,6} (.+)$/.exec(line)?.[1] ?? [])),
  }
}

function toBlock(path: string, { line, info, lines }: { line: number; info: string; lines: string[] }): Block {
  const [language = '', ...hints] = info.trim().split(/\s+/)
  return { at: `${path}:${line}`, line, language, hint: hints.join(' '), text: lines.join('\n') }
}

function found({ at, text }: Inline, pattern: RegExp): Inline[] {
  return [...text.matchAll(pattern)].flatMap(([, content]) => (content === undefined ? [] : [{ at, text: content }]))
}

/** As GitHub does: letters and digits in lower case, hyphens for spaces, a number behind the second of a name. */
function toAnchors(headings: readonly string[]): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const heading of headings) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const anchor = plain.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-')
    const twins = [...anchors].filter((other) => other === anchor || other.startsWith(`${anchor}-`)).length
    anchors.add(anchors.has(anchor) ? `${anchor}-${twins}` : anchor)
  }
  return anchors
}
