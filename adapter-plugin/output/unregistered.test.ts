// Proves which pages count as not registering the worker, with real files in a build's folder.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import type { ShellRecord } from '../../protocol/record/record.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { temporaryFolder } from '../test-context.ts'
import { findUnregistered } from './unregistered.ts'

const WITH = '<script src="/_next/static/shell-cache/watch.a.js" async="">'
const shells = (...all: string[]) => all.map((html, at) => ({ key: `/${at}`, shell: toUtf8(html) }) as ShellRecord)

async function buildWith(script: string): Promise<string> {
  const distDir = await temporaryFolder()
  await mkdir(join(distDir, 'static', 'chunks', 'app'), { recursive: true })
  await writeFile(join(distDir, 'static', 'chunks', 'app', 'a.js'), script)
  return distDir
}

it('says that nothing registers the worker', async () => {
  const distDir = await buildWith('navigator.serviceWorker.register("/push.js")')
  expect(await findUnregistered(shells('<html>', '<html>'), distDir)).toEqual({
    pages: ['/0', '/1'],
    isForgotten: true,
  })
  expect(await findUnregistered(shells('<html>'), '/nowhere')).toEqual({ pages: ['/0'], isForgotten: true })
})

it('names the pages that are without the component', async () => {
  expect(await findUnregistered(shells(WITH, '<html>'), await buildWith(''))).toEqual({
    pages: ['/1'],
    isForgotten: false,
  })
})

it('says nothing if every page has the component, if the app registers by itself, and if there is no page', async () => {
  expect(await findUnregistered(shells(WITH, WITH), await buildWith(''))).toBeUndefined()
  expect(await findUnregistered(shells('<html>'), await buildWith('e.register("/sw.js")'))).toBeUndefined()
  expect(await findUnregistered([], await buildWith(''))).toBeUndefined()
})
