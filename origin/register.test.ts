// Proves which app a process serves: the one that it was told, else the one of its folder, looked up at the first resume and not before.
// e2e proves that the entry reaches the server of `next start`.

import { afterEach, expect, it, vi } from 'vitest'

import { attachShellCache } from './register.ts'
import { BUILD, listen, writeApp } from './test-app.ts'
import { fakeNext } from './test-next.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

it('serves the app of the working folder until it is told another, and the last that it was told', async () => {
  await using guessed = await writeApp([{ key: '/', route: '/', state: 'guessed', shell: '<html>guessed' }])
  await using named = await writeApp([{ key: '/', route: '/', state: 'named', shell: '<html>named' }])
  await using http = await listen(fakeNext().listener)
  const resume = async (app: typeof guessed): Promise<string> => {
    const headers = { 'shell-cache-resume': `${BUILD}; shell=${app.digests[0]}` }
    return (await fetch(http.url, { method: 'POST', headers })).text()
  }
  // After the import: a standalone server changes its folder after `--import`, and has its config in the environment.
  vi.spyOn(process, 'cwd').mockReturnValue(guessed.dir)
  vi.stubEnv('__NEXT_PRIVATE_STANDALONE_CONFIG', JSON.stringify({ distDir: './.next' }))
  expect(await resume(guessed)).toContain('"state":"guessed"')
  attachShellCache({ dir: named.dir, distDir: '.next' })
  attachShellCache({ dir: named.dir, distDir: '.next' })
  expect(await resume(named)).toContain('"state":"named"')
  expect(await resume(guessed)).toBe('')
  expect(await (await fetch(http.url)).text()).toMatch(/^<html>/)
})
