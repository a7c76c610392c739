// Proves that the list of Next's internals is whole and true: each name stands in the code that the list says, no shipped code has a
// name or cites a file of Next that is not in the list, and each entry names a test that there is.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { ROOT } from './test-documents.ts'
import { listTree } from './test-tree.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const list = read('docs/discoveries/next-internals.md')

type Entry = { readonly names: readonly string[]; readonly usedIn: readonly string[]; readonly text: string }
const codesOf = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code ?? [])
const partOf = (text: string, name: string): string =>
  new RegExp(`^- ${name}: ([^]*?)(?=\\n- |\\n*(?![^]))`, 'm').exec(text)?.[1] ?? ''
const entries: readonly Entry[] = list
  .split(/^### /m)
  .slice(1)
  .map((text) => ({
    names: codesOf(text.slice(0, text.indexOf('\n'))),
    usedIn: codesOf(partOf(text, 'Used in')),
    text: text.replace(/\n## [^]*/, ''),
  }))

/** What is shipped. */
const files = listTree(ROOT).filter(
  (path) =>
    /^(?:adapter-plugin|cli|client|origin|playwright|protocol|seal|sw)\/.*\.tsx?$/.test(path) &&
    !/\.test\.|\/test-/.test(path),
)
const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(?<=^|\s)\/\/.*/gm, '')

/** Names that only Next's own code has. What a regular expression cannot know, a citation of Next's file tells. */
const NAMES =
  /next\/dist\/[\w/.-]+|NextInternal\w+|@next\/[\w-]+|__next_\w+|__NEXT_\w+|__PRIVATE_NEXTJS_\w+|x-nextjs-[\w-]+|x-next-cache[\w-]*|x-action-revalidated|x-middleware-|next-router-[\w-]+|next-url|onCacheEntry\w*|APP_PAGE|PARTIALLY_STATIC|toUnchunkedString|fromStatic|pipeToNodeResponse|segmentData|actionBody|\w*RevalidatedTags|tagsManifest|workAsyncStorage|[\w-]+-manifest\.json|rootMainFiles|polyfillFiles|pagesChunkGroup\w+|chunkLoadingGlobal|runtimeModuleIds|%%drp|\/_full|_not-found|_global-error|__prerender_bypass|\.nft\.json|IS_NEXT_\w+|NEXT_PHASE|NEXT_ADAPTER_PATH|nxt\[PI\]/g

it('names what stands in the code that it says', () => {
  expect(entries.length).toBeGreaterThan(20)
  const wrong = entries.flatMap(({ names, usedIn }) => {
    const codes = usedIn.map((path) => withoutComments(read(path)))
    const isUsed = (name: string): boolean => codes.some((code) => code.includes(name))
    return [
      ...names.filter((name) => !isUsed(name)),
      ...usedIn.filter((_path, at) => !names.some((name) => codes[at]?.includes(name))),
    ]
  })
  expect(wrong).toEqual([])
})

it('has each name of Next’s in the code', () => {
  const missing = files.flatMap((path) => {
    const known = entries.filter(({ usedIn }) => usedIn.includes(path)).flatMap(({ names }) => names)
    const used = [...new Set(withoutComments(read(path)).match(NAMES))]
    return used
      .filter((name) => !known.some((own) => name.includes(own) || own.includes(name)))
      .map((name) => `${path}: ${name}`)
  })
  expect(missing).toEqual([])
})

/** Next's files end in `.js`, ours do not; what workbox has is cited with its name. */
const CITED = /`((?:client|server|build|lib|response-cache|segment-cache|use-cache)[\w/.-]*\.js)`/g

it('has each file of Next’s that the code cites', () => {
  const cited = files.flatMap((path) => [...read(path).matchAll(CITED)].flatMap(([, file]) => file ?? []))
  expect(cited.length).toBeGreaterThan(10)
  expect([...new Set(cited)].filter((file) => !list.includes(file))).toEqual([])
})

it('says what happens without it, and which test shows that', () => {
  const wrong = entries.filter(({ text }) => {
    const [, file = '', title = ''] = /^`([^`]+)` “([^”]+)”/.exec(partOf(text, 'Shown by')) ?? []
    return (
      partOf(text, 'Without it') === '' || partOf(text, 'In Next') === '' || title === '' || !read(file).includes(title)
    )
  })
  expect(wrong.map(({ names }) => names)).toEqual([])
})
