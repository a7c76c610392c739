// The web app manifest in the form that Next links by itself: a file of the app's folder. Pure, but for what is there already.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const MANIFEST = 'manifest.webmanifest'
const FORMS = [MANIFEST, 'manifest.json', 'manifest.ts', 'manifest.tsx', 'manifest.js', 'manifest.jsx']

/** Relative to the manifest: so they hold below every `basePath`. */
const ICONS = [
  { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
  { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
  { src: 'icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
]

/** The manifest that the app has, by its path; undefined where it has none. */
export function existingManifest(folder: string, appFolder: string): string | undefined {
  return FORMS.map((form) => join(appFolder, form)).find((path) => existsSync(join(folder, path)))
}

/** @param name - Of the app, for people. */
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

/** What a manifest of the app's own has to hold. */
export function iconsEntry(): string {
  return `icons: ${JSON.stringify(ICONS, undefined, 2)}`
}
