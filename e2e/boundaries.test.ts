// Proves the lint rule of scripts/boundaries.mjs, as `npm run check` runs it: which imports it refuses, and which it allows.

import { spawnSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { ROOT } from './harness/paths.ts'

const OXLINT = join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint')

/** A file, what it imports, and the path that the message names. */
const REFUSED = [
  ['protocol/wire.ts', '../seal/hash.ts', 'seal/hash.ts'],
  ['protocol/wire.ts', 'node:path', 'node:path'],
  ['protocol/wire.ts', 'valibot', 'valibot'],
  ['seal/seal.ts', '../origin/app.ts', 'origin/app.ts'],
  ['adapter-plugin/output/emit.ts', '../../cli/inspect.ts', 'cli/inspect.ts'],
  ['adapter-plugin/config/options.ts', '../pages/classify.ts', 'adapter-plugin/pages/classify.ts'],
  ['adapter-plugin/pages/records.ts', '../output/emit.ts', 'adapter-plugin/output/emit.ts'],
  ['cli/doctor/doctor.ts', '../../origin/gate/admit.ts', 'origin/gate/admit.ts'],
  ['client/handle.ts', '../sw/util/record.ts', 'sw/util/record.ts'],
  ['client/react.tsx', 'node:fs', 'node:fs'],
  ['playwright/index.ts', '../e2e/harness/servers/relay.ts', 'e2e/harness/servers/relay.ts'],
  ['sw/store/records.ts', '../response/splice.ts', 'sw/response/splice.ts'],
  ['sw/store/records.ts', '../../origin/app.ts', 'origin/app.ts'],
  ['sw/transport/rest.ts', '../store/records.ts', 'sw/store/records.ts'],
  ['sw/navigation/navigate.ts', '../install/install.ts', 'sw/install/install.ts'],
  ['sw/navigation/navigate.ts', '../routing/routes.ts', 'sw/routing/routes.ts'],
  ['sw/routing/routes.ts', '../lifecycle/lifecycle.ts', 'sw/lifecycle/lifecycle.ts'],
  ['sw/entries/default-worker.ts', '../inspect/inspect.ts', 'sw/inspect/inspect.ts'],
  ['client/handle.ts', './inspector/main.tsx', 'client/inspector/main.tsx'],
  ['origin/gate/request.ts', '../next/plain-get.ts', 'origin/next/plain-get.ts'],
  ['origin/gate/admit.ts', '../records/confirm.ts', 'origin/records/confirm.ts'],
  ['origin/next/route.ts', '../records/unseal.ts', 'origin/records/unseal.ts'],
  ['origin/records/unseal.ts', '../answer/handle.ts', 'origin/answer/handle.ts'],
  ['origin/index.ts', '../adapter-plugin/output/emit.ts', 'adapter-plugin/output/emit.ts'],
  ['examples/shop/app/page.tsx', '../../../client/react.tsx', 'client/react.tsx'],
] as const

const ALLOWED = [
  ['sw/navigation/navigate.ts', '../store/records.ts'],
  ['sw/lifecycle/lifecycle.ts', '../install/install.ts'],
  ['origin/answer/handle.ts', '../gate/admit.ts'],
  ['cli/inspect.ts', '../adapter-plugin/report/build-report.ts'],
  ['client/react.tsx', 'next/navigation.js'],
  ['examples/shop/app/page.tsx', 'next-shell-cache/react'],
  ['sw/store/records.test.ts', '../response/splice.ts'],
  ['origin/test-app.ts', '../adapter-plugin/output/emit.ts'],
  ['e2e/harness/servers/server.ts', '../../origin/app.ts'],
] as const

/** The linter's output for a repository with exactly these imports. */
async function lintImports(
  imports: readonly (readonly [file: string, specifier: string, ...unknown[]])[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-lint-'))
  try {
    for (const [file, specifier] of imports) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await appendFile(join(folder, file), `import '${specifier}'\n`)
    }
    const args = [OXLINT, '-c', join(ROOT, '.oxlintrc.json'), '--format=unix', '.']
    return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('house/boundaries', () => {
  let said = ''
  beforeAll(async () => {
    said = await lintImports([...REFUSED, ...ALLOWED])
  })

  it.each(REFUSED)('keeps %s from %s', (file, _specifier, target) => {
    expect(said).toContain(`${file} must not import ${target}:`)
  })

  it('refuses nothing else', () => {
    expect(said.match(/must not import/g)).toHaveLength(REFUSED.length)
  })
})
