// Proves that every command in the documents is run by a test, and knows by which.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readDocuments, ROOT } from './test-documents.ts'

type Shown = {
  /** Of the test, or of what runs the command. */
  readonly file: string
  /** What stands there: the test's title, or the command. */
  readonly text: string
}

/** Each command of a block, without its comment, and what runs it. */
const SHOWN: Readonly<Record<string, Shown>> = {
  'npm run demo': {
    file: 'e2e/specs/builds/demo.spec.ts',
    text: 'builds the example and serves it from a fresh clone',
  },
  'npm test': { file: '.ci/run', text: 'npm test' },
  // It takes the README's steps one by one.
  'npm install next-shell-cache': { file: 'e2e/harness/builds/new-app.ts', text: "'npm install next-shell-cache'" },
  'npx next build': { file: 'e2e/harness/builds/new-app.ts', text: "'npx next build'" },
  'npx next start': { file: 'e2e/harness/builds/new-app.ts', text: "'npx next start'" },
  'npx next-shell-cache inspect': { file: 'e2e/specs/tools/doctor.spec.ts', text: 'inspects the example’s build' },
  'npx next-shell-cache doctor https://shop.example': {
    file: 'e2e/specs/tools/doctor.spec.ts',
    text: 'passes a deployment that is well',
  },
  'npx next-shell-cache report reports.jsonl': {
    file: 'cli/report/report.test.ts',
    text: 'says that pages are slower if the worker waits 300 ms',
  },
  'npm install --save-dev @vite-pwa/assets-generator': {
    file: 'cli/icons/icons.test.ts',
    text: 'says what to install if the generator is not there',
  },
  'npx next-shell-cache icons logo.svg': {
    file: 'cli/icons/icons.test.ts',
    text: 'draws each size, and writes the manifest that names them',
  },
  'npx next-shell-cache uninstall': {
    file: 'e2e/specs/builds/dist.spec.ts',
    text: 'writes the kill switch by command',
  },
  'node --import next-shell-cache/register server.js': {
    file: 'e2e/specs/hosts/standalone.spec.ts',
    text: 'resumes in a standalone server that loads the origin first',
  },
  'openssl rand -base64 32': { file: 'docs/commands.test.ts', text: 'makes a secret that is long enough' },
  'SHOP_DELAY_MS=2000 npm run start': { file: 'e2e/specs/builds/demo.spec.ts', text: "'npm', ['run', 'start']" },
}

const OPENSSL = '/usr/bin/openssl'

const documents = readDocuments()
const commands = documents
  .flatMap(({ blocks }) => blocks)
  .filter(({ language }) => language === 'sh')
  .flatMap(({ at, text }) => text.split('\n').map((line) => ({ at, command: line.replace(/\s*# .*$/, '').trim() })))
  .filter(({ command }) => command !== '')

it('knows every command of the documents', () => {
  expect(commands.filter(({ command }) => !(command in SHOWN))).toEqual([])
})

it('knows no command that no document has', () => {
  const used = new Set(commands.map(({ command }) => command))
  expect(Object.keys(SHOWN).filter((command) => !used.has(command))).toEqual([])
})

describe.each(Object.entries(SHOWN))('%s', (_command, { file, text }) => {
  it(`is run by ${file}`, () => {
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(text)
  })
})

it.skipIf(!existsSync(OPENSSL))('makes a secret that is long enough', () => {
  expect(execFileSync(OPENSSL, ['rand', '-base64', '32']).toString().trim().length).toBeGreaterThanOrEqual(32)
})

it('names scripts of package.json, and commands of the package, that are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const shop = JSON.parse(readFileSync(join(ROOT, 'examples', 'shop', 'package.json'), 'utf8')).scripts
  const main = readFileSync(join(ROOT, 'cli', 'main.ts'), 'utf8')
  const said = [
    ...documents.flatMap(({ codes }) => codes),
    ...commands.map(({ at, command }) => ({ at, text: command })),
  ]
  const unknown = said.filter(({ text }) => {
    const script = /\bnpm run ([\w:]+)/.exec(text)?.[1]
    const command = /\bnpx next-shell-cache (\w+)/.exec(text)?.[1]
    if (command !== undefined && !main.includes(`command === '${command}'`)) return true
    return script !== undefined && !(script in scripts) && !(script in shop)
  })
  expect(unknown).toEqual([])
})
