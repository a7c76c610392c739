// Emits a small app into a folder, for unit tests of a build's output. The worker's script is a stand-in that keeps the config it gets.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { INSPECTOR_PATH } from '../../protocol/page/inspection.ts'
import { WORKER_PATH } from '../../protocol/wire.ts'
import type { BuildContext } from '../build-context.ts'
import { toBuildKey } from './build-key.ts'
import { toBuildReport } from '../report/build-report.ts'
import { classify, isServed } from '../pages/classify.ts'
import { collectCandidates, readShells } from '../pages/collect.ts'
import { emit } from './emit.ts'
import { toSettings } from '../config/options.ts'
import { toRecord, withinLimit } from '../pages/records.ts'
import { appPage, contextOf, noSegments, prerender, shellFile, temporaryFolder } from '../test-context.ts'

export const SECRET = 'state-that-nobody-may-read'

/**
 * @param own - The paths that the build rewrites to files of ours.
 * @param alike - Pages with the same shell and state.
 */
export async function contextWith(
  distDir: string,
  config: object = {},
  own: readonly string[] = [WORKER_PATH],
  alike: readonly string[] = [],
): Promise<BuildContext> {
  const shell = (name: string) => shellFile(`<html>${name}<script src="/_next/static/chunks/a.js" async=""></script>`)
  return contextOf({
    distDir,
    config,
    routing: {
      beforeFiles: own.map((source) => ({ source, sourceRegex: `^${source}$`, destination: '/_next/static/x' })),
    },
    appPages: [appPage('/'), appPage('/about'), appPage('/p/[slug]')],
    staticFiles: [
      { id: '/p/file.txt', pathname: '/p/file.txt', filePath: '/app/public/p/file.txt', type: 'STATIC_FILE' },
    ],
    prerenders: [
      prerender('/', '/', { fallback: { filePath: await shell('home'), postponedState: SECRET } }),
      prerender('/about', '/about', { fallback: { filePath: await shell('about'), postponedState: undefined } }),
      prerender('/p/[slug]', '/p/[slug]', { fallback: { filePath: await shell('p'), postponedState: SECRET } }),
      prerender('/p/a', '/p/[slug]', { fallback: { filePath: await shell('a'), postponedState: SECRET } }),
      ...(await Promise.all(
        alike.map(async (path) =>
          prerender(path, '/p/[slug]', { fallback: { filePath: await shell('alike'), postponedState: SECRET } }),
        ),
      )),
      prerender('/p/b', '/p/[slug]', {
        fallback: { filePath: await shell('b'), postponedState: SECRET, initialStatus: 404 },
      }),
    ],
  })
}

export async function emitInto(
  distDir: string,
  secret?: string,
  options: object = {},
  config: object = {},
  alike: readonly string[] = [],
): Promise<void> {
  const { settings } = toSettings(options)
  const own = settings.inspector ? [WORKER_PATH, INSPECTOR_PATH] : [WORKER_PATH]
  const context = await contextWith(distDir, config, own, alike)
  const key = toBuildKey(secret)
  if (!key) throw new Error('the secret is too short')
  const pages = classify(await collectCandidates(context), context, settings)
  const served = await readShells(withinLimit(pages.filter(isServed), settings.maxConcretePages), noSegments)
  const { postponedState: stateForm } = settings
  const making = {
    buildId: context.buildId,
    basePath: context.config.basePath,
    key,
    madeAt: 1000,
    stateForm,
    bootScripts: () => undefined,
  }
  const records = served.map((page) => toRecord(page, making))
  const workers = await temporaryFolder()
  for (const name of ['sw.js', 'sw-copying.js', 'sw-inspected.js']) {
    const install = `(config) => (globalThis.baked = { ...config, bundle: '${name}' })`
    await writeFile(join(workers, name), `var ShellCacheWorker = { installShellCache: ${install} }`)
  }
  const report = toBuildReport(context.buildId, pages, records)
  await emit({ pages, served, records, key, settings, report }, context, workers)
}
