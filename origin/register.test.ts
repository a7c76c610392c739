// Proves which app a process serves: the one that it was told, else the one of its folder, asked for at the first resume and
// not before. That the entry reaches the server of `next start` is e2e's.

import { afterEach, expect, it, vi } from 'vitest'

import { attachShellCache } from './register.ts'
import { BUILD, listen, writeApp } from './test-app.ts'

const RECORDS = [{ key: '/', route: '/', state: 's' }]
const saying = (text: string) =>
  `exports.handler = async (_q, r) => { r.setHeader('content-type', 'text/html'); r.end('${text}') }`

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

it('serves the app of the working folder until it is told another, and the last that it was told', async () => {
  await using guessed = await writeApp({ records: RECORDS, entrypoint: saying('guessed') })
  await using named = await writeApp({ records: RECORDS, entrypoint: saying('named') })
  await using http = await listen((_incoming, response) => response.writeHead(418).end())
  const headers = { 'shell-cache-resume': `${BUILD}; shell=${guessed.digests[0]}` }
  const resume = async () => (await fetch(http.url, { method: 'POST', headers })).text()
  // After the import, as a standalone server changes its folder after `--import`; its config lies in the environment.
  vi.spyOn(process, 'cwd').mockReturnValue(guessed.dir)
  vi.stubEnv('__NEXT_PRIVATE_STANDALONE_CONFIG', JSON.stringify({ distDir: './.next' }))
  expect(await resume()).toBe('guessed')
  attachShellCache({ dir: named.dir, distDir: '.next' })
  attachShellCache({ dir: named.dir, distDir: '.next' })
  expect(await resume()).toBe('named')
  expect((await fetch(http.url)).status).toBe(418)
})
