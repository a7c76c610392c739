// Draws a logo in the sizes that browsers want, with the app's own `@vite-pwa/assets-generator`. Apps that draw no icons do not need it.

import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const GENERATOR = '@vite-pwa/assets-generator'

/** The pictures by their paths in the app. */
export type Drawn = ReadonlyMap<string, Uint8Array>

/** Bytes of each picture; `missing` if the generator is not installed. Rejects if it cannot draw the logo. */
export async function drawIcons(folder: string, appFolder: string, logo: Buffer): Promise<Drawn | 'missing'> {
  const generate = await loadGenerator(folder)
  if (!generate) return 'missing'
  const { favicon, transparent, maskable, apple } = await generate({
    imageResolver: () => logo,
    imageName: 'logo',
    preset: {
      // Next links the pictures in the app's folder by itself. The manifest links the others.
      assetName: (type, { width }) => (type === 'apple' ? join(appFolder, 'apple-icon.png') : ofManifest(type, width)),
      transparent: { sizes: [192, 512], favicons: [[48, join(appFolder, 'favicon.ico')]] },
      maskable: { sizes: [512] },
      apple: { sizes: [180] },
    },
    htmlLinks: { xhtml: false, includeId: false },
    basePath: '/',
    resolveSvgName: (name) => name,
  })
  const pictures = [favicon, transparent, maskable, apple].flatMap((all) => Object.values(all))
  const drawn = new Map<string, Uint8Array>()
  // One at a time: the threads of libvips share the text of their errors (sharp 0.35.5), which is then cut or repeated, and can even crash.
  for (const { name, buffer } of pictures) drawn.set(name, await buffer())
  return drawn
}

function ofManifest(type: string, width: number): string {
  return join('public', type === 'maskable' ? 'icon-maskable.png' : `icon-${width}.png`)
}

/** The part of the generator that is used. Its own types are in an optional package. */
type Generate = (options: {
  readonly imageResolver: () => Buffer
  readonly imageName: string
  readonly preset: {
    readonly assetName: (type: 'transparent' | 'maskable' | 'apple', size: { readonly width: number }) => string
    readonly transparent: {
      readonly sizes: readonly number[]
      readonly favicons: readonly (readonly [number, string])[]
    }
    readonly maskable: { readonly sizes: readonly number[] }
    readonly apple: { readonly sizes: readonly number[] }
  }
  readonly htmlLinks: { readonly xhtml: boolean; readonly includeId: boolean }
  readonly basePath: string
  readonly resolveSvgName: (name: string) => string
}) => Promise<Readonly<Record<'favicon' | 'transparent' | 'maskable' | 'apple', Readonly<Record<string, Picture>>>>>
type Picture = { readonly name: string; readonly buffer: () => Promise<Uint8Array> }

async function loadGenerator(folder: string): Promise<Generate | undefined> {
  let file: string
  try {
    file = createRequire(resolve(folder, 'package.json')).resolve(`${GENERATOR}/api/instructions`)
  } catch {
    return undefined
  }
  const { instructions } = (await import(pathToFileURL(file).href)) as { readonly instructions: Generate }
  return instructions
}
