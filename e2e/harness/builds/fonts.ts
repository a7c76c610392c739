// Serves the two fonts that the default app of create-next-app fetches from Google during its build: the suite must work without the
// internet. The fonts are in Next's own package; builds find this server by the variable that Next's own tests use.

import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { WORK } from '../paths.ts'

const FONTS = join(
  dirname(createRequire(import.meta.url).resolve('next/package.json')),
  'dist/next-devtools/server/font',
)
const FILES = { Geist: 'geist-latin.woff2', 'Geist Mono': 'geist-mono-latin.woff2' }

/** @returns The environment variable that a build needs. */
export async function startFonts(): Promise<AsyncDisposable & { readonly env: Record<string, string> }> {
  const server = createServer((incoming, response) => {
    readFile(join(FONTS, incoming.url ?? '')).then(
      (font) => response.end(font),
      () => response.writeHead(404).end(),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the fonts have no port')
  const answers = Object.entries(FILES).map(([family, file]) => [
    `https://fonts.googleapis.com/css2?family=${family.replace(' ', '+')}:wght@100..900&display=swap`,
    `@font-face { font-family: '${family}'; font-style: normal; font-weight: 100 900; font-display: swap;
      src: url(http://127.0.0.1:${address.port}/${file}) format('woff2'); unicode-range: U+0000-00FF; }`,
  ])
  const module = join(WORK, 'fonts.cjs')
  await writeFile(module, `module.exports = ${JSON.stringify(Object.fromEntries(answers))}`)
  return {
    env: { NEXT_FONT_GOOGLE_MOCKED_RESPONSES: module },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
