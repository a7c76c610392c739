// `npm run docs:api` writes docs/api/ from the TSDoc of the built types (dist/types): one page for each entry of package.json's
// `exports`. With --check (scripts/check.mjs) it writes nothing, and fails if docs/api/ is out of date. In both cases it fails if
// something that can be imported is not documented.
//
// It is a workspace of its own because TypeDoc needs TypeScript's JavaScript API, which TypeScript 7, at the root, does not have.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { Application, TSConfigReader } from 'typedoc'

const FOLDER = 'docs/api'

const { name: packageName, exports } = JSON.parse(readFileSync('package.json', 'utf8'))

/** Maps each entry's types file to the name that users import. */
const entries = new Map(
  Object.entries(exports).flatMap(([path, { types }]) =>
    types === undefined ? [] : [[resolve(types), packageName + path.slice(1)]],
  ),
)

const OPTIONS = {
  name: packageName,
  entryPoints: [...entries.keys()],
  tsconfig: 'scripts/api-reference/tsconfig.json',
  plugin: ['typedoc-plugin-markdown'],
  logLevel: 'Warn',
  readme: 'none',
  disableSources: true,
  sortEntryPoints: false,
  sort: ['source-order'],
  groupOrder: ['Functions', 'Variables', 'Classes', 'Type Aliases', 'Interfaces', '*'],
  requiredToBeDocumented: ['Class', 'Function', 'Interface', 'Method', 'Module', 'Property', 'TypeAlias', 'Variable'],
  validation: { invalidLink: true, notDocumented: true, notExported: true },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  entryFileName: 'README',
  outputFileStrategy: 'modules',
  flattenOutputFiles: true,
  hideBreadcrumbs: true,
  hideGroupHeadings: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  pageTitleTemplates: { module: ({ name }) => name },
}

/** Writes the reference to a folder. False if something in it is wrong, which TypeDoc has then printed. */
async function writeReference(folder) {
  const app = await Application.bootstrapWithPlugins(OPTIONS, [new TSConfigReader()])
  const project = await app.convert()
  if (!project) return false
  for (const module of project.children ?? [])
    module.name = entries.get(project.getSymbolIdFromReflection(module)?.fileName) ?? module.name
  app.validate(project)
  app.options.setValue('outputs', [{ name: 'markdown', path: folder }])
  await app.generateOutputs(project)
  return !app.logger.hasErrors() && !app.logger.hasWarnings()
}

function readPages(folder) {
  return readdirSync(folder).map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`)
}

async function isCurrent() {
  const folder = mkdtempSync(join(tmpdir(), 'shell-cache-api-'))
  try {
    if (!(await writeReference(folder))) return false
    if (readPages(folder).join('\n') === readPages(FOLDER).join('\n')) return true
    console.error(`${FOLDER}/ is not what the sources say. Run \`npm run docs:api\` and commit what it writes.`)
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const isFine = process.argv.includes('--check') ? await isCurrent() : await writeReference(FOLDER)
process.exitCode = isFine ? 0 : 1
