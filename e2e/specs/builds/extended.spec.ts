// A host's adapter, named by NEXT_ADAPTER_PATH: it and ours both work in one build. The app `proxied` is built this way.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { parseManifest } from '../../../protocol/build/manifest.ts'
import { filesBelow } from '../../harness/builds/build-app.ts'
import { expect, test } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'

const FOLDER = appFolder('proxied')

test('deploys every file that browsers ask for, at its URL, by the adapter that a host names', async () => {
  const built = await filesBelow(join(FOLDER, '.next', 'static', 'shell-cache'))
  const deployed = await filesBelow(join(FOLDER, '.next', 'platform'))
  const worker = deployed.get('sw.js')?.toString() ?? ''
  expect(worker).toBe(built.get('sw.js')?.toString())
  const manifestUrl = /"manifestUrl":"([^"]+)"/.exec(worker)?.[1] ?? ''
  const parsed = parseManifest(JSON.parse(deployed.get(manifestUrl.slice(1))?.toString() ?? 'null'))
  if (!parsed.ok) throw new Error(parsed.reason)
  const { entries, assets, lazy } = parsed.manifest
  const asked = [...entries.map(({ url }) => url), ...assets, ...lazy]
  expect(asked.length).toBeGreaterThan(10)
  expect(asked.filter((url) => !deployed.has(decodeURIComponent(url.slice(1))))).toEqual([])
  for (const [name, content] of built)
    expect(deployed.get(`_next/static/shell-cache/${name}`)?.equals(content), name).toBe(true)
})

test('leaves the config to it as well, and says nothing', async () => {
  const { config } = JSON.parse(await readFile(join(FOLDER, '.next', 'required-server-files.json'), 'utf8'))
  expect(config.env).toMatchObject({ PLATFORM: 'here', SHELL_CACHE_WORKER: '/sw.js' })
  expect(await readFile(join(FOLDER, 'build.log'), 'utf8')).not.toMatch(/\[shell-cache\].*adapter/)
})
