// Who may import whom: one table, and the lint rule that enforces it (`house/boundaries` in .oxlintrc.json). Tests (`*.test.ts`,
// `test-*.ts`), e2e/, bench/ and scripts/ are not in the table: they may import anything.

import { dirname, relative, resolve, sep } from 'node:path'

/** @typedef {{ part: string, files: readonly string[], imports: readonly string[] }} Part */

/** What each part of the worker above its store may import. */
const WORKER = ['protocol', 'sw/util', 'sw/store', 'sw/transport']

/**
 * Each part may import itself and what its line names: parts further up in the table, `node` for Node's modules, single packages, or
 * `npm` for any package. A file belongs to the part that names the longest prefix of its path.
 *
 * @type {readonly Part[]}
 */
export const HOUSE = [
  { part: 'protocol', files: ['protocol'], imports: [] },
  { part: 'seal', files: ['seal'], imports: ['protocol', 'node'] },
  {
    part: 'adapter-plugin basics',
    files: ['browser-scripts', 'build-context', 'errors', 'host-problems'].map((name) => `adapter-plugin/${name}.ts`),
    imports: ['protocol', 'node', 'next'],
  },
  {
    part: 'adapter-plugin/config',
    files: ['adapter-plugin/config'],
    imports: ['protocol', 'node', 'next', 'valibot', 'leven', 'adapter-plugin basics'],
  },
  {
    part: 'adapter-plugin/pages',
    files: ['adapter-plugin/pages'],
    imports: [
      'protocol',
      'seal',
      'node',
      'path-to-regexp',
      'valibot',
      'adapter-plugin basics',
      'adapter-plugin/config',
    ],
  },
  {
    part: 'adapter-plugin/report',
    files: ['adapter-plugin/report'],
    imports: ['protocol', 'valibot', 'adapter-plugin/pages'],
  },
  {
    part: 'adapter-plugin/output',
    files: ['adapter-plugin/output'],
    imports: [
      'protocol',
      'seal',
      'node',
      'esbuild',
      'valibot',
      'adapter-plugin basics',
      'adapter-plugin/config',
      'adapter-plugin/pages',
      'adapter-plugin/report',
    ],
  },
  {
    part: 'adapter-plugin',
    files: ['adapter-plugin'],
    imports: [
      'protocol',
      'seal',
      'node',
      'next',
      'adapter-plugin basics',
      'adapter-plugin/config',
      'adapter-plugin/pages',
      'adapter-plugin/report',
      'adapter-plugin/output',
    ],
  },
  // A command shows the same as the build, with the same code: the report, the route table, the built scripts.
  {
    part: 'cli',
    files: ['cli'],
    imports: ['protocol', 'adapter-plugin basics', 'adapter-plugin/report', 'node', 'valibot'],
  },
  { part: 'client', files: ['client'], imports: ['protocol', 'next', 'react', 'workbox-window', 'web-vitals'] },
  { part: 'client/inspector', files: ['client/inspector'], imports: ['protocol', 'preact'] },
  { part: 'playwright', files: ['playwright'], imports: ['protocol', 'node', '@playwright/test'] },

  { part: 'sw/util', files: ['sw/util'], imports: ['protocol', 'idb'] },
  { part: 'sw/store', files: ['sw/store'], imports: ['protocol', 'sw/util', 'idb'] },
  { part: 'sw/transport', files: ['sw/transport'], imports: ['protocol', 'sw/util'] },
  { part: 'sw/install', files: ['sw/install'], imports: ['protocol', 'sw/util', 'sw/store'] },
  { part: 'sw/refresh', files: ['sw/refresh'], imports: ['protocol', 'sw/util', 'sw/store', 'sw/transport'] },
  { part: 'sw/early-start', files: ['sw/early-start'], imports: ['protocol', 'sw/util', 'sw/store'] },
  { part: 'sw/response', files: ['sw/response'], imports: [...WORKER, 'sw/early-start'] },
  {
    part: 'sw/navigation',
    files: ['sw/navigation'],
    imports: [...WORKER, 'sw/refresh', 'sw/early-start', 'sw/response'],
  },
  {
    part: 'sw/routing',
    files: ['sw/routing'],
    imports: [...WORKER, 'sw/install', 'sw/refresh', 'sw/response', 'sw/navigation', 'workbox-core', 'workbox-routing'],
  },
  {
    part: 'sw/preload',
    files: ['sw/preload'],
    imports: [...WORKER, 'sw/routing'],
  },
  {
    part: 'sw/lifecycle',
    files: ['sw/lifecycle'],
    imports: [...WORKER, 'sw/install', 'sw/refresh', 'sw/response', 'sw/navigation', 'sw/routing', 'sw/preload', 'idb'],
  },
  {
    part: 'sw/entries',
    files: ['sw/entries'],
    imports: ['protocol', 'sw/util', 'sw/routing', 'sw/preload', 'sw/lifecycle'],
  },
  // The inspector is only for bundles that ask for it (own-worker.ts, by a constant of the build). No other may contain a byte of it.
  {
    part: 'sw/inspect',
    files: ['sw/inspect'],
    imports: [...WORKER, 'sw/response', 'sw/navigation', 'sw/routing', 'idb'],
  },
  // The same holds for the code that keeps copies.
  { part: 'sw/copies', files: ['sw/copies'], imports: [...WORKER, 'sw/early-start', 'sw/navigation'] },
  {
    part: 'sw copying',
    files: ['sw/entries/copying-worker.ts'],
    imports: ['protocol', 'sw/routing', 'sw/preload', 'sw/lifecycle', 'sw/copies', 'sw/refresh'],
  },
  {
    part: 'sw watched',
    files: ['sw/entries/own-worker.ts', 'sw/entries/inspected-worker.ts'],
    imports: ['protocol', 'sw/routing', 'sw/preload', 'sw/lifecycle', 'sw/inspect', 'sw/copies', 'sw/refresh'],
  },

  { part: 'origin/gate', files: ['origin/gate'], imports: ['protocol', 'node'] },
  { part: 'origin/next', files: ['origin/next'], imports: ['protocol', 'seal', 'node', 'origin/gate'] },
  {
    part: 'origin/records',
    files: ['origin/records'],
    imports: ['protocol', 'seal', 'node', 'valibot', 'origin/gate', 'origin/next'],
  },
  {
    part: 'origin app',
    files: ['origin/app.ts', 'origin/errors.ts'],
    imports: ['protocol', 'seal', 'node', 'origin/gate', 'origin/next', 'origin/records'],
  },
  {
    part: 'origin/answer',
    files: ['origin/answer'],
    imports: ['protocol', 'node', 'origin/gate', 'origin/next', 'origin/records', 'origin app'],
  },
  {
    part: 'origin',
    files: ['origin'],
    imports: [
      'protocol',
      'node',
      'valibot',
      'origin/gate',
      'origin/next',
      'origin/records',
      'origin app',
      'origin/answer',
    ],
  },

  // Like users, examples import by the package's name.
  { part: 'examples', files: ['examples'], imports: ['node', 'npm'] },
]

// Imports must go up the table: otherwise a cycle would go unnoticed.
for (const [at, { part, imports }] of HOUSE.entries()) {
  const below = HOUSE.slice(at).find((other) => imports.includes(other.part))
  if (below) throw new Error(`${part} imports ${below.part}, which stands below it in the table.`)
}

/**
 * Why a file must not import something; undefined if it may.
 *
 * @param {string} file - Path relative to the repository, with slashes.
 * @param {string} specifier - As written in the import.
 */
export function wrongImport(file, specifier) {
  const importer = isTest(file) ? undefined : partOf(file)
  if (!importer) return undefined
  const target = toTarget(file, specifier)
  const { part, imports } = importer
  if (target.name === part || imports.includes(target.name)) return undefined
  if (target.isPackage && imports.includes('npm')) return undefined
  const allowed = imports.length === 0 ? 'nothing' : `only ${imports.join(', ')}`
  return `${file} must not import ${target.path}: ${part} imports ${allowed}. Data flows one way; scripts/boundaries.mjs has the table.`
}

function toTarget(file, specifier) {
  if (specifier.startsWith('node:')) return { name: 'node', path: specifier, isPackage: false }
  if (specifier.startsWith('.')) {
    const path = toPosix(relative('/', resolve('/', dirname(file), specifier)))
    return { name: partOf(path)?.part, path, isPackage: false }
  }
  const [scope, name] = specifier.split('/')
  return { name: scope.startsWith('@') ? `${scope}/${name}` : scope, path: specifier, isPackage: true }
}

/** @returns {Part | undefined} */
function partOf(path) {
  let found
  let length = 0
  for (const part of HOUSE) {
    for (const prefix of part.files) {
      if (prefix.length <= length || (path !== prefix && !path.startsWith(`${prefix}/`))) continue
      found = part
      length = prefix.length
    }
  }
  return found
}

const isTest = (file) => /\.test\.tsx?$|(^|\/)test-[^/]+\.ts$/.test(file)
const toPosix = (path) => path.split(sep).join('/')

const boundaries = {
  create(context) {
    const file = toPosix(relative(context.cwd, context.filename))
    const check = ({ source }) => {
      const message = typeof source?.value === 'string' ? wrongImport(file, source.value) : undefined
      if (message) context.report({ node: source, message })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    }
  },
}

export default { meta: { name: 'house' }, rules: { boundaries } }
