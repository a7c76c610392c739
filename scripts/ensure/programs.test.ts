import { expect, it } from 'vitest'

import { findProgram } from './programs.mjs'

/** A machine that has these files. */
const on =
  (...files: readonly string[]) =>
  (path: string) =>
    files.includes(path)

it('takes the browser that CHROME_PATH names before any other', () => {
  const isProgram = on('/opt/chrome', '/opt/older', '/usr/bin/chromium')
  expect(findProgram('chromium', { CHROME_PATH: '/opt/chrome', CHROMIUM_PATH: '/opt/older' }, isProgram)).toBe(
    '/opt/chrome',
  )
  expect(findProgram('chromium', { CHROMIUM_PATH: '/opt/older' }, isProgram)).toBe('/opt/older')
})

it.each(['CHROME_PATH', 'CHROMIUM_PATH'])('takes no other browser than the one that %s names', (variable) => {
  const find = () => findProgram('chromium', { [variable]: '/opt/gone' }, on('/usr/bin/chromium'))
  expect(find).toThrow(`[shell-cache] ${variable} is /opt/gone, which is no program that this user may run.`)
})

it('takes an empty variable for none', () => {
  expect(findProgram('chromium', { CHROME_PATH: '' }, on('/usr/bin/chromium'))).toBe('/usr/bin/chromium')
})

it.each([
  ['chromium', { PATH: '/home/me/bin:/usr/bin' }, '/home/me/bin/chromium'],
  ['chromium', {}, '/usr/bin/google-chrome'],
  ['chromium', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  ['firefox', { PATH: '/usr/bin' }, '/usr/bin/firefox'],
  ['firefox', { FIREFOX_PATH: '/opt/firefox/firefox' }, '/opt/firefox/firefox'],
  // Users other than root have no /usr/sbin in PATH.
  ['nginx', { PATH: '/usr/local/bin:/usr/bin:/bin' }, '/usr/sbin/nginx'],
  ['redis', {}, '/usr/local/bin/redis-server'],
] as const)('finds %s with %o at %s', (name, env, file) => {
  expect(findProgram(name, env, on(file))).toBe(file)
})

it('takes Debian’s Chromium before Google’s Chrome, wherever PATH has them', () => {
  const isProgram = on('/home/me/bin/google-chrome', '/usr/bin/chromium')
  expect(findProgram('chromium', { PATH: '/home/me/bin:/usr/bin' }, isProgram)).toBe('/usr/bin/chromium')
})

it('finds none if there is none', () => {
  expect(findProgram('chromium', { PATH: '/usr/bin' }, on())).toBeUndefined()
})

it('takes no folder, and no file that no one may run, for a program', () => {
  expect(() => findProgram('chromium', { CHROME_PATH: '/usr' })).toThrow('CHROME_PATH is /usr')
  expect(() => findProgram('chromium', { CHROME_PATH: 'package.json' })).toThrow('CHROME_PATH is package.json')
  expect(findProgram('chromium', { CHROME_PATH: process.execPath })).toBe(process.execPath)
})
