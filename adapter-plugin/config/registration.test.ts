// Proves when Next is asked to register the worker: never if that could break the app's own build.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { NextConfig } from 'next'
import { expect, it } from 'vitest'

import { temporaryFolder } from '../test-context.ts'
import { registersItself, withRegistration } from './registration.ts'

const OURS = 'next-shell-cache/auto'
const configOf = (list?: readonly string[]): NextConfig => (list ? { instrumentationClientInject: [...list] } : {})
const ON = { register: true }
const listOf = (config: NextConfig): unknown => Reflect.get(config, 'instrumentationClientInject')

/** An app that has this package installed in its own folder. */
async function app(): Promise<string> {
  const folder = await temporaryFolder()
  const own = join(folder, 'node_modules', 'next-shell-cache')
  await mkdir(own, { recursive: true })
  await writeFile(join(own, 'package.json'), JSON.stringify({ exports: { './auto': './auto.js' } }))
  await writeFile(join(own, 'auto.js'), '')
  return folder
}

it('adds a module behind those that the app and other packages have, once', async () => {
  const folder = await app()
  const once = withRegistration(configOf(['./lib/sentry.js']), folder, ON)
  expect(listOf(once)).toEqual(['./lib/sentry.js', OURS])
  expect(withRegistration(once, folder, ON)).toBe(once)
  expect([registersItself(once), registersItself(configOf([]))]).toEqual([true, false])
})

it.each([
  ['a Next that has no such list', configOf(), true, ON],
  ['a package that the app itself does not have', configOf([]), false, ON],
  ['`register: false`', configOf([]), true, { register: false }],
])('leaves the registration to the app with %s', async (_case, config, isOwn, settings) => {
  const folder = isOwn ? await app() : await temporaryFolder()
  expect(withRegistration(config, folder, settings)).toBe(config)
})
