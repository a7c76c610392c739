// Describes the machine and the versions of a run.

import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'

import { ROOT } from '../e2e/harness/paths.ts'
import { isObject, parseJson } from '../protocol/json-shape.ts'

/** @param browser - The browser's own name and version. */
export function machine(browser: string): string {
  const versions = ['next', 'react', 'serwist', 'workbox-core'].map((name) => `${name} ${versionOf(name)}`)
  return `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${browser}, ${versions.join(', ')}`
}

function versionOf(name: string): string {
  const found = parseJson(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'))
  return isObject(found) ? String(found['version']) : 'unknown'
}
