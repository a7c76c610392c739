import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { lackOf, requireNode } from './dependencies.mjs'

const LINUX = { os: 'linux', cpu: 'x64', libc: 'glibc' }
const everywhere = (): boolean => true
const packagesOf = (packages: Record<string, object>) => ({ packages })

const lib = { version: '1.2.0' }
const native = { version: '1.2.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] }

it('lacks nothing if every package is there in its version', () => {
  const all = packagesOf({ '': {}, 'node_modules/lib': lib, 'node_modules/native': native, shop: { version: '0.0.0' } })
  expect(lackOf(all, all, LINUX, everywhere)).toBeUndefined()
})

it.each([
  ['a package that an install did not reach', packagesOf({}), everywhere, 'node_modules/lib is missing'],
  ['a folder that was removed', packagesOf({ 'node_modules/lib': lib }), () => false, 'node_modules/lib is missing'],
  [
    'another version',
    packagesOf({ 'node_modules/lib': { version: '1.1.0' } }),
    everywhere,
    'node_modules/lib is 1.1.0 and not 1.2.0',
  ],
])('notices %s', (_what, installed, isThere, lack) => {
  expect(lackOf(packagesOf({ 'node_modules/lib': lib }), installed, LINUX, isThere)).toBe(lack)
})

it('looks into the packages of a workspace, too', () => {
  const locked = packagesOf({ 'scripts/api-reference/node_modules/lib': lib })
  expect(lackOf(locked, packagesOf({}), LINUX, everywhere)).toContain('scripts/api-reference/node_modules/lib')
})

it.each([
  ['this machine', LINUX, true],
  ['another system', { ...LINUX, os: 'darwin' }, false],
  ['another processor', { ...LINUX, cpu: 'arm64' }, false],
  ['another C library', { ...LINUX, libc: 'musl' }, false],
])('misses the optional package of %s: %o', (_what, machine, isMissed) => {
  const lack = lackOf(packagesOf({ 'node_modules/native': native }), packagesOf({}), machine, everywhere)
  expect(lack !== undefined).toBe(isMissed)
})

it.each([
  [['!win32'], true],
  [['!linux'], false],
  [undefined, false],
])('reads %o as systems of an optional package', (os, isMissed) => {
  const entry = { version: '1.0.0', optional: true, ...(os && { os }) }
  const lack = lackOf(packagesOf({ 'node_modules/native': entry }), packagesOf({}), LINUX, everywhere)
  expect(lack !== undefined).toBe(isMissed)
})

it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('runs on Node %s', (version) => {
  expect(() => requireNode('>=20.19.0', version)).not.toThrow()
})

it.each(['18.20.8', '20.9.0', '20.18.3'])('says what to do on Node %s', (version) => {
  expect(() => requireNode('>=20.19.0', version)).toThrow(`This is Node ${version}, and 20.19.0 or newer is needed.`)
})

it('reads the range of package.json', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(engines.node).toMatch(/^>=\d+\.\d+\.\d+$/)
})
