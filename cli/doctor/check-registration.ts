// Checks whether a page registers the worker. If it does not, nothing happens, although everything else is right.

import type { Manifest } from '../../protocol/build/manifest.ts'
import { hasComponent, mayRegister } from '../../protocol/page/registration.ts'
import { ask } from './ask.ts'
import { pass, type Finding } from './checks.ts'
import { type FoundWorker, type PublishedRecord, type Script, textOf } from './deployment.ts'

/** The most files to read of those that pages load on demand. */
const MOST_LAZY = 40

/** @param scripts - The scripts of the page. */
export async function checkRegistration(
  { record }: PublishedRecord,
  scripts: readonly Script[],
  { lazy }: Manifest,
  { url }: FoundWorker,
): Promise<Finding> {
  const name = 'registration'
  if (hasComponent(new TextDecoder().decode(record.shell))) return pass(name, `${record.key} has \`<ShellCache />\`.`)
  const registers = scripts.some(({ answer }) => answer && mayRegister(textOf(answer)))
  if (registers || (await someRegisters(lazy.map((path) => new URL(path, url)))))
    return pass(name, 'A script of the app registers the worker.')
  return {
    name,
    status: 'fail',
    message: `${record.key} has no \`<ShellCache />\`, and none of its scripts registers the worker, so no browser gets a shell.`,
    fix: 'Leave `register` on and use Next 16.3 or later, or render it in the root layout, inside <body>.',
  }
}

async function someRegisters(urls: readonly URL[]): Promise<boolean> {
  for (const url of urls.filter(({ pathname }) => pathname.endsWith('.js')).slice(0, MOST_LAZY)) {
    const answer = await ask(url).catch(() => undefined)
    if (answer?.status === 200 && mayRegister(textOf(answer))) return true
  }
  return false
}
