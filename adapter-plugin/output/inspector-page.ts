// The page of the option `inspector`: a document with the data of the build, and the script that displays it (client/inspector/).

import { BUILD_ELEMENT, type InspectedBuild } from '../../protocol/page/inspection.ts'
import { WORKER_PATH } from '../../protocol/wire.ts'
import type { BuildContext } from '../build-context.ts'
import type { BuildReport } from '../report/build-report.ts'
import { OPTION_NAMES, type Settings, toSettings } from '../config/options.ts'

export function inspectorPage(
  scriptUrl: string,
  { pages }: Pick<BuildReport, 'pages'>,
  settings: Settings,
  { buildId, config }: BuildContext,
): string {
  const build: InspectedBuild = {
    buildId,
    workerUrl: config.basePath + WORKER_PATH,
    pages: pages.map(({ key, mode, reason, shellBytes }) => ({ key, mode, reason, shellBytes })),
    options: inOrder(settings),
    defaults: inOrder(toSettings({}).settings),
  }
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Shell cache</title>',
    `<script type="application/json" id="${BUILD_ELEMENT}">${toScriptText(build)}</script>`,
    `<script defer src="${scriptUrl}"></script>`,
    '<noscript>This page is drawn by a script.</noscript>',
    '',
  ].join('\n')
}

function inOrder(settings: Settings): Record<string, unknown> {
  return Object.fromEntries(OPTION_NAMES.map((name) => [name, Reflect.get(settings, name)]))
}

/** JSON that cannot close the element around it. Options without a value are included, as null. */
function toScriptText(value: object): string {
  return JSON.stringify(value, (_name, part: unknown) => part ?? null).replaceAll('<', '\\u003c')
}
