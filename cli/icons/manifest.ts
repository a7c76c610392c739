// The web app manifest as a file of the app's folder, which Next links by itself. Pure, except for the check for an existing manifest.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const MANIFEST = 'manifest.webmanifest'
const FORMS = [MANIFEST, 'manifest.json', 'manifest.ts', 'manifest.tsx', 'manifest.js', 'manifest.jsx']

/** Relative to the manifest, so that they work below every `basePath`. */
const ICONS = [
  { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
  { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
  { src: 'icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
]

/** The path of the app's own manifest; undefined if it has none. */
export function existingManifest(folder: string, appFolder: string): string | undefined {
  return FORMS.map((form) => join(appFolder, form)).find((path) => existsSync(join(folder, path)))
}

/** @param name - The app's name for people. */
export function manifestOf(name: string): string {
  const manifest = {
    name,
    short_name: name,
    start_url: '.',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#ffffff',
    icons: ICONS,
  }
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}

/** The entry that the app's own manifest must have. */
export function iconsEntry(): string {
  return `icons: ${JSON.stringify(ICONS, undefined, 2)}`
}
