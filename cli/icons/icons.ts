// `next-shell-cache icons`: makes the icons of an installable app and its web app manifest from one SVG. Writes all files or none.

import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import { isObject, isString, parseJson } from '../../protocol/json-shape.ts'
import type { Outcome } from '../outcome.ts'
import { type Drawn, drawIcons } from './draw.ts'
import { existingManifest, iconsEntry, MANIFEST, manifestOf } from './manifest.ts'

/** @param isForced - Overwrite existing files. */
export async function icons(source: string, folder: string, isForced: boolean): Promise<Outcome> {
  if (!existsSync(join(folder, 'package.json')))
    return failed(`${folder} has no package.json.`, 'Run the command in the folder of the app.')
  const appFolder = ['app', join('src', 'app')].find((path) => existsSync(join(folder, path)))
  if (appFolder === undefined) return failed(`${folder} has no folder \`app\`.`, 'Icons by file need the App Router.')
  const logo = await readFile(source).catch((error: unknown) => toMessage(error))
  if (isString(logo)) return failed(`${source} cannot be read (${logo}).`, 'Name an SVG file.')
  if (!isSvg(logo)) return failed(`${source} is not an SVG.`, 'Name an SVG file: it is drawn in several sizes.')

  let drawn: Drawn | 'missing'
  try {
    drawn = await drawIcons(folder, appFolder, logo)
  } catch (error) {
    return failed(`${source} cannot be drawn (${toMessage(error)}).`, 'Check that a browser shows it.')
  }
  if (drawn === 'missing')
    return failed(
      'The package that draws icons is not installed.',
      'Install it: `npm install --save-dev @vite-pwa/assets-generator`.',
    )
  const own = existingManifest(folder, appFolder)
  const ours = join(appFolder, MANIFEST)
  const files = new Map<string, Uint8Array | string>([[join(appFolder, 'icon.svg'), logo], ...drawn])
  // If there are two manifests, Next uses only one.
  if (own === undefined || (own === ours && isForced)) files.set(ours, manifestOf(await nameOf(folder)))
  const kept = [...files.keys()].filter(
    (path) => existsSync(join(folder, path)) && resolve(folder, path) !== resolve(source),
  )
  if (kept.length > 0 && !isForced)
    return failed(`${kept.join(', ')} ${kept.length === 1 ? 'is' : 'are'} there already.`, 'Use --force to overwrite.')
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return {
    passed: true,
    text: `Wrote ${[...files.keys()].join(', ')}. ${whatIsLeft(files.has(ours) ? undefined : own)}`,
  }
}

/** @param own - The app's own manifest, which is left as it is. */
function whatIsLeft(own: string | undefined): string {
  if (own === undefined) return 'Next links them. Check the name and the colours in the manifest.'
  return `${own} was left as it is. It should have:\n\n${iconsEntry()}`
}

/** `<svg` as the first element, after a prolog, comments and a document type. */
function isSvg(content: Buffer): boolean {
  return /^(?:\s|\uFEFF|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^>]*>)*<(?:\w+:)?svg[\s>]/i.test(content.toString('utf8'))
}

/** The package's name in words: `my-shop` is My shop. */
async function nameOf(folder: string): Promise<string> {
  const found = parseJson(await readFile(join(folder, 'package.json'), 'utf8'))
  const name = isObject(found) && isString(found['name']) ? found['name'] : 'App'
  const words = name
    .replace(/^@[^/]*\//, '')
    .replaceAll(/[-_.]+/g, ' ')
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function failed(happened: string, fix: string): Outcome {
  return { passed: false, text: `[shell-cache] ${happened} Nothing was written. ${fix}` }
}
